// The brook: Riacho's mark, drawn in the colour around it. The same drawing as assets/mark.svg.
export function Mark({ className }: { className?: string | undefined }) {
  return (
    <svg viewBox="0 0 64 64" className={className} aria-hidden fill="currentColor">
      <path d="M39 3 C38 13 13 13 13 26 C13 38 33 38 33 47 C33 54 22 57 11 61 H45 C54 57 58 52 58 46 C58 29 29 32 29 25 C29 18 48 15 49 3 Z" />
    </svg>
  );
}
