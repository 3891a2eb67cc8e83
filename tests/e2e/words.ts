// The words by which a person finds things, as the interface's design lists them. Written out here on purpose: a
// sentence that changes in `words/` without the design is a broken promise to whoever learned it.

export const languages = ['pt-BR', 'en'] as const;
export type Language = (typeof languages)[number];

const en = {
  lab: 'Lab',
  services: 'Services',
  messages: 'Messages',
  rows: 'Rows',
  settings: 'Settings',
  activity: 'Activity',
  startStack: 'Start stack',
  stopStack: 'Stop stack',
  reset: 'Reset',
  producer: 'Producer',
  consumer: 'Consumer',
  topic: 'Topic',
  deadLetters: 'Dead letters',
  startProducing: 'Start producing',
  stopProducing: 'Stop producing',
  startConsuming: 'Start consuming',
  stopConsuming: 'Stop consuming',
  mode: 'Mode',
  follow: 'Follow this record',
  putBack: 'Put back',
  exportCsv: 'Export CSV',
  showInFolder: 'Show in folder',
  skipped: 'skipped',
  written: 'written',
  waiting: 'waiting',
  inTopic: 'in topic',
};
export type Named = typeof en;

const ptBR: Named = {
  lab: 'Lab',
  services: 'Serviços',
  messages: 'Mensagens',
  rows: 'Linhas',
  settings: 'Ajustes',
  activity: 'Atividade',
  startStack: 'Iniciar stack',
  stopStack: 'Parar stack',
  reset: 'Zerar',
  producer: 'Produtor',
  consumer: 'Consumidor',
  topic: 'Tópico',
  deadLetters: 'Mensagens rejeitadas',
  startProducing: 'Iniciar produção',
  stopProducing: 'Parar produção',
  startConsuming: 'Iniciar consumo',
  stopConsuming: 'Parar consumo',
  mode: 'Modo',
  follow: 'Seguir este registro',
  putBack: 'Devolver ao tópico',
  exportCsv: 'Exportar CSV',
  showInFolder: 'Mostrar na pasta',
  skipped: 'puladas',
  written: 'gravadas',
  waiting: 'aguardando',
  inTopic: 'no tópico',
};

export const named: Record<Language, Named> = { en, 'pt-BR': ptBR };
