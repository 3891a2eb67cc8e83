// What goes wrong with the Spark job and what to do about it, in both languages: a part of errors-en.ts and errors-pt-br.ts.
import type { ErrorCode } from '../errors.ts';

type SparkErrors = Record<Extract<ErrorCode, `SPARK_${string}`>, { what: string; next: string }>;

export const sparkEn: SparkErrors = {
  SPARK_MISSING: {
    what: 'There is no Spark in the stack that is running.',
    next: 'It is part of the Docker stack: npm run riacho -- up --engine docker --profile spark --detach',
  },
  SPARK_BUSY: {
    what: 'Another Spark job of this lab is at work ({{name}}).',
    next: 'Stop it first (another window or terminal of Riacho, perhaps), then start this one.',
  },
  SPARK_UNREACHABLE: {
    what: 'No Spark master answers at {{address}}.',
    next: 'Check that it runs and that the address is right, then start again.',
  },
  SPARK_NO_CORES: {
    what: 'Spark at {{address}} has no free core for the job, or none of its workers reaches the job.',
    next: 'See on the master’s page which workers there are and what they run; the job goes on as soon as it gets one.',
  },
  SPARK_JARS_UNREACHABLE: {
    what: 'The Spark job needs {{jar}}, and it could not be fetched from {{repository}}: {{detail}}',
    next: 'Check the network, then start again; what was fetched stays. RIACHO_MAVEN names another repository.',
  },
  SPARK_TOPIC_RESET: {
    what: 'The Spark job’s checkpoint is of a topic that was made anew since: {{detail}}',
    next: 'Start it once in mode initial: it forgets the checkpoint and reads from the beginning.',
  },
  SPARK_ROW_REFUSED: {
    what: 'Cassandra refused a row of the Spark job, and with it the whole batch: {{detail}}',
    next: 'Use the built-in processor: it makes a dead letter of that one message.',
  },
  SPARK_ENDED: {
    what: 'The Spark job’s driver ended by itself with exit code {{exitCode}}: {{line}}',
    next: 'Its log (spark-job) says more. Start again in mode append: it goes on from its checkpoint.',
  },
  SPARK_OUT_OF_MEMORY: {
    what: 'The Spark job’s driver was killed because it took more memory than it may have.',
    next: 'Start again in mode append: it goes on from its checkpoint.',
  },
  SPARK_LOST: {
    what: 'Spark has let go of the job: {{detail}}.',
    next: 'See on Services, or on the master’s page, whether master and worker run; then start again in mode append: it goes on from its checkpoint.',
  },
  SPARK_ACCESS: {
    what: 'The Spark job cannot sign in to Kafka or Cassandra, nor use TLS with them.',
    next: 'Use the built-in processor, which can: --processor builtin',
  },
  SPARK_SUBMIT_UNFIT: {
    what: 'The Spark job cannot be submitted with {{path}} ({{detail}}).',
    next: 'Name the spark-submit of a Spark 3.5 with --spark-submit; python3 has to be on the PATH. Without that flag Docker runs it.',
  },
  SPARK_FAILED: {
    what: 'The Spark job failed: {{detail}}',
    next: 'Its log (spark-job) says more. Start again in mode append: it goes on from its checkpoint.',
  },
};

export const sparkPtBR: SparkErrors = {
  SPARK_MISSING: {
    what: 'Não há Spark na stack que está rodando.',
    next: 'Ele faz parte da stack Docker: npm run riacho -- up --engine docker --profile spark --detach',
  },
  SPARK_BUSY: {
    what: 'Outro job Spark deste lab está em execução ({{name}}).',
    next: 'Pare-o primeiro (talvez outra janela ou terminal do Riacho) e depois inicie este.',
  },
  SPARK_UNREACHABLE: {
    what: 'Nenhum master do Spark responde em {{address}}.',
    next: 'Verifique se ele está rodando e se o endereço está certo; depois inicie de novo.',
  },
  SPARK_NO_CORES: {
    what: 'O Spark em {{address}} não tem núcleo livre para o job, ou nenhum dos seus workers alcança o job.',
    next: 'Veja na página do master quais workers existem e o que eles executam; o job continua assim que receber um.',
  },
  SPARK_JARS_UNREACHABLE: {
    what: 'O job Spark precisa de {{jar}}, que não pôde ser baixado de {{repository}}: {{detail}}',
    next: 'Verifique a rede e inicie de novo; o que já foi baixado fica. RIACHO_MAVEN indica outro repositório.',
  },
  SPARK_TOPIC_RESET: {
    what: 'O checkpoint do job Spark é de um tópico que foi recriado depois: {{detail}}',
    next: 'Inicie uma vez no modo initial: ele esquece o checkpoint e lê desde o início.',
  },
  SPARK_ROW_REFUSED: {
    what: 'O Cassandra recusou uma linha do job Spark e, com ela, o lote inteiro: {{detail}}',
    next: 'Use o processador embutido: ele rejeita somente essa mensagem.',
  },
  SPARK_ENDED: {
    what: 'O driver do job Spark terminou sozinho com o código de saída {{exitCode}}: {{line}}',
    next: 'O log dele (spark-job) diz mais. Inicie de novo no modo append: ele continua do checkpoint.',
  },
  SPARK_OUT_OF_MEMORY: {
    what: 'O driver do job Spark foi encerrado porque passou do seu limite de memória.',
    next: 'Inicie de novo no modo append: ele continua do checkpoint.',
  },
  SPARK_LOST: {
    what: 'O Spark largou o job: {{detail}}.',
    next: 'Veja em Serviços, ou na página do master, se master e worker estão rodando; depois inicie de novo no modo append: ele continua do checkpoint.',
  },
  SPARK_ACCESS: {
    what: 'O job Spark não sabe fazer login no Kafka ou no Cassandra, nem usar TLS com eles.',
    next: 'Use o processador embutido, que sabe: --processor builtin',
  },
  SPARK_SUBMIT_UNFIT: {
    what: 'Não é possível enviar o job Spark com {{path}} ({{detail}}).',
    next: 'Indique com --spark-submit o de um Spark 3.5; python3 precisa estar no PATH. Sem essa opção, o Docker o executa.',
  },
  SPARK_FAILED: {
    what: 'O job Spark falhou: {{detail}}',
    next: 'O log dele (spark-job) diz mais. Inicie de novo no modo append: ele continua do checkpoint.',
  },
};
