// Fills `${NAME}` in the templates of compose/embedded, escaped for each format. Reads and writes no file.

/** A value for a template: numbers stay bare in every format, text is escaped. */
export type TemplateValue = string | number;

/**
 * The template with each `${NAME}` replaced by the escaped value of that name.
 * Throws on a placeholder without a value, since a server would take it for a setting.
 */
export function fillTemplate(
  template: string,
  values: Record<string, TemplateValue>,
  escape: (value: TemplateValue) => string,
): string {
  return template.replaceAll(/\$\{([A-Z_]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the template asks for ${name}, which has no value`);
    return escape(value);
  });
}

/** For Java's `.properties`, which are read as ISO 8859-1: anything but plain ASCII goes as `\uXXXX`. */
export function escapeProperty(value: TemplateValue): string {
  return String(value)
    .replaceAll('\\', '\\\\')
    .replaceAll(/^ /g, '\\ ')
    .replaceAll(/[^\u0020-\u007e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** For YAML: JSON is YAML, so text is a JSON string and a number a number. */
export function quoteYaml(value: TemplateValue): string {
  return JSON.stringify(value);
}
