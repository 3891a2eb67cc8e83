// O que deu errado e o que fazer, em português do Brasil. As chaves são as de errors-en.ts.
import type { errorsEn, nextInWindowEn } from './errors-en.ts';
import { sparkPtBR } from './errors-spark.ts';

export const errorsPtBR: typeof errorsEn = {
  NO_JAVA: {
    what: 'A stack embutida precisa do Java, e nenhum foi encontrado (JAVA_HOME, PATH e as pastas usuais foram consultados).',
    next: 'Instale o Java 17: {{command}}',
  },
  JAVA_UNFIT: {
    what: 'O Java {{found}} em {{path}} foi tentado, mas a stack não iniciou com ele; Kafka e Cassandra aqui querem o Java 17.',
    next: 'Instale o Java 17: {{command}}',
  },
  NO_MAVEN: {
    what: 'A primeira execução baixa Kafka e Cassandra com o Maven, e não há `mvn` no PATH.',
    next: 'Instale o Maven: {{command}}',
  },
  JARS_UNREACHABLE: {
    what: 'Não foi possível baixar Kafka e Cassandra: {{detail}}.',
    next: 'Verifique a rede (e o proxy nas configurações do Maven) e inicie de novo; o que já foi baixado fica guardado.',
  },
  JAR_CORRUPT: {
    what: 'O arquivo {{jar}} não é o que deveria ser: a soma de verificação não confere.',
    next: 'Apague {{path}} e inicie de novo; ele será baixado outra vez.',
  },
  SYSTEM_UNFIT: {
    what: 'A stack embutida não roda em {{system}}: o Cassandra só funciona em Linux e macOS.',
    next: 'Use outro engine: --engine external com os endereços de um cluster.',
  },
  DATA_FOLDER_UNWRITABLE: {
    what: 'Não é possível gravar na pasta de dados {{path}} ({{detail}}).',
    next: 'Escolha outra com --data-dir ou dê a si mesmo permissão de escrita nela.',
  },
  DATA_FOLDER_NEWER: {
    what: 'A pasta de dados {{path}} foi usada por um Riacho mais novo ({{version}}), e este não consegue lê-la.',
    next: 'Use esse Riacho ou um mais novo, ou outra pasta com --data-dir. Nada na pasta foi alterado.',
  },
  MEMORY_SHORT: {
    what: 'Há só {{free}} de memória livre, e Kafka e Cassandra pedem cerca de {{wanted}}.',
    next: 'Feche outros programas antes; pode iniciar mesmo assim, mas devagar.',
  },
  DISK_SHORT: {
    what: 'Há só {{free}} livres no disco de {{path}}, e o lab pede {{wanted}}.',
    next: 'Libere espaço antes; um início pode falhar no meio.',
  },
  DISK_FULL: {
    what: 'O disco está cheio: não foi possível gravar {{path}}.',
    next: 'Libere espaço e tente de novo; nada ficou gravado pela metade.',
  },
  STACK_NOT_RUNNING: {
    what: 'A stack não está rodando; não há a quem perguntar.',
    next: 'Inicie: npm run riacho -- up --detach',
  },
  STACK_BUSY: {
    what: 'A stack está iniciando ou parando a pedido de outra janela ou comando.',
    next: 'Espere um momento e tente de novo.',
  },
  SERVICE_FAILED: {
    what: '{{service}} não iniciou ou não se manteve no ar: {{line}}',
    next: 'A história completa está em {{log}}.',
  },
  SERVICE_FOREIGN: {
    what: 'Outro {{service}} responde em {{address}}, não o que foi iniciado aqui; nada foi gravado nele.',
    next: 'Encerre esse programa e inicie a stack de novo.',
  },
  BROKER_UNREACHABLE: {
    what: 'O Kafka não responde em {{address}}.',
    next: 'Verifique se ele está rodando e se o endereço está certo; uma execução que espera por ele continua sozinha.',
  },
  BROKER_REFUSED: {
    what: 'O Kafka recusou o pedido: {{detail}}',
    next: 'Se o cluster é seu, pergunte a quem o administra; o log tem os detalhes.',
  },
  CASSANDRA_UNREACHABLE: {
    what: 'O Cassandra não responde em {{address}}.',
    next: 'Verifique se ele está rodando e se o endereço está certo; uma execução que espera por ele continua sozinha.',
  },
  CASSANDRA_REFUSED: {
    what: 'O Cassandra não pode ser usado com esse endereço: {{detail}}',
    next: 'Verifique os pontos de contato e --local-data-center.',
  },
  ACCESS_DENIED: {
    what: '{{service}} não aceitou o usuário ou a senha.',
    next: 'Verifique a opção de usuário e a variável de ambiente da senha (RIACHO_KAFKA_PASSWORD, RIACHO_CASSANDRA_PASSWORD).',
  },
  TLS_UNTRUSTED: {
    what: 'O certificado do {{service}} em {{address}} não é confiável: {{detail}}.',
    next: 'Informe a autoridade que o assinou: --tls-ca ARQUIVO (PEM).',
  },
  TOPIC_MISSING: {
    what: 'O tópico {{topic}} não existe, e nada é criado neste cluster sem que se peça.',
    next: 'Crie-o ou permita: --create --replication N',
  },
  TABLE_MISSING: {
    what: 'A tabela {{table}} não existe, e nada é criado neste cluster sem que se peça.',
    next: 'Crie-a ou permita: --create --replication N',
  },
  TABLE_SHAPE: {
    what: 'A tabela {{table}} existe com colunas diferentes das que este laboratório grava: {{difference}}.',
    next: 'Renomeie ou apague essa tabela, ou use outro cluster; nada foi gravado nela.',
  },
  REGISTRY_MISSING: {
    what: 'Esta stack não tem Schema Registry.',
    next: 'Inicie com um: --profile registry, ou informe o endereço do seu: --engine external --schema-registry URL',
  },
  REGISTRY_UNREACHABLE: {
    what: 'O Schema Registry não responde em {{address}}: {{detail}}.',
    next: 'Veja como ele está: npm run riacho -- status. Mensagens e linhas não precisam dele; seguem sem ele.',
  },
  REGISTRY_REFUSED: {
    what: 'O Schema Registry em {{address}} recusou o pedido: {{detail}}',
    next: 'Verifique o endereço; um registry que pede login não pode ser usado. Mensagens e linhas seguem sem ele.',
  },
  SCHEMA_INCOMPATIBLE: {
    what: 'O Schema Registry tem outro schema em {{subject}} e recusou o do registro: {{detail}}',
    next: 'Remova esse subject ou mude a compatibilidade dele para NONE e inicie a stack de novo. Mensagens e linhas seguem sem ele.',
  },
  GROUP_BUSY: {
    what: 'Outro consumidor está trabalhando no grupo {{group}}.',
    next: 'Pare-o antes (talvez outra janela ou terminal do Riacho) e inicie este depois.',
  },
  RUN_ACTIVE: {
    what: 'Já há uma execução em andamento ({{run}}).',
    next: 'Pare-a antes ou espere até que termine.',
  },
  ...sparkPtBR,
  SOURCE_UNREACHABLE: {
    what: 'A fonte {{url}} não pode ser alcançada: {{detail}}.',
    next: 'Verifique a rede ou use dados gerados: --source offline',
  },
  SOURCE_NOT_API: {
    what: '{{url}} respondeu, mas não como esta API: {{detail}}.',
    next: 'Verifique o endereço (a página de login de um Wi-Fi responde assim) ou use --source offline',
  },
  SOURCE_REFUSED: {
    what: '{{url}} recusou o pedido: {{detail}}.',
    next: 'Verifique o que foi pedido: o endereço ou os lugares.',
  },
  PLACE_UNKNOWN: {
    what: 'Nenhum lugar chamado “{{place}}” foi encontrado.',
    next: 'Confira a grafia ou informe as coordenadas: latitude,longitude, como -5.79,-35.21',
  },
  NO_SQLITE: {
    what: 'O lab de clima precisa do SQLite, que este Node.js ({{version}}) não traz embutido.',
    next: 'Use o Node.js 24, que vem com o Riacho; o outro lab funciona sem ele.',
  },
  DATABASE_LOCKED: {
    what: 'Outro programa está usando o banco de dados {{path}}.',
    next: 'Feche esse programa; a gravação é tentada de novo sozinha.',
  },
  DATABASE_UNREADABLE: {
    what: 'O arquivo {{path}} não é um banco de dados que possa ser usado ({{detail}}).',
    next: 'Mova o arquivo para outro lugar; um novo será criado sozinho.',
  },
  DATABASE_NEWER: {
    what: 'O banco de dados {{path}} foi gravado por um Riacho mais novo (versão {{found}}; a conhecida aqui é {{known}}).',
    next: 'Use esse Riacho mais novo ou mova o arquivo para outro lugar.',
  },
  REPLAY_UNREADABLE: {
    what: 'A gravação {{path}} não pode ser lida ({{detail}}).',
    next: 'Verifique o caminho e a permissão de leitura.',
  },
  REPLAY_NOT_USERS: {
    what: '{{path}}, linha {{line}}, não contém um usuário da API: {{detail}}.',
    next: 'Uma gravação é uma resposta do randomuser.me, ou um desses usuários por linha.',
  },
  EXPORT_UNWRITABLE: {
    what: 'O CSV não pode ser gravado em {{path}} ({{detail}}).',
    next: 'Escolha uma pasta que exista e na qual você possa gravar.',
  },
  EXPORT_BAD_COLUMN: {
    what: 'A tabela não tem a coluna {{column}}.',
    next: 'Ela tem: {{columns}}.',
  },
  CQL_REFUSED: {
    what: 'O Cassandra não aceita o comando: {{detail}}',
    next: 'Corrija o comando e tente de novo.',
  },
  CQL_DESTRUCTIVE: {
    what: 'Este comando remove dados: {{statement}}',
    next: 'Confirme se é o que você quer; não dá para desfazer.',
  },
  MESSAGE_GONE: {
    what: 'A mensagem {{partition}}/{{offset}} não está mais no tópico.',
    next: 'Leia o tópico de novo para ver o que ele tem agora.',
  },
  MESSAGE_TOO_LARGE: {
    what: 'O Kafka não aceita uma mensagem deste tamanho ({{size}} bytes).',
    next: 'Diminua a mensagem ou aumente max.message.bytes do tópico.',
  },
  LETTER_GONE: {
    what: 'Não há mensagem rejeitada com origem em {{partition}}/{{offset}}.',
    next: 'Leia as mensagens rejeitadas de novo para ver quais existem.',
  },
  LETTER_PUT_BACK: {
    what: 'A mensagem rejeitada {{partition}}/{{offset}} já foi devolvida ao tópico, em {{at}}.',
    next: 'Procure-a entre as linhas ou entre as rejeitadas mais novas.',
  },
  SESSION_GONE: {
    what: 'Esta leitura terminou, pois ninguém perguntou por ela durante um tempo.',
    next: 'Comece-a de novo.',
  },
  STACK_RUNNING: {
    what: 'A stack está rodando; isto não pode ser mudado agora.',
    next: 'Pare-a primeiro: npm run riacho -- down',
  },
  PORT_TAKEN: {
    what: 'Nada pode ser servido na porta {{port}} desta máquina ({{detail}}).',
    next: 'Escolha outra com --port, ou não informe nenhuma: uma livre é encontrada.',
  },
  PAGE_NOT_BUILT: {
    what: 'As páginas que a janela e o navegador mostram ainda não foram geradas: não há nada em {{path}}.',
    next: 'Gere-as: npm run build',
  },
  SERVICE_NOT_OURS: {
    what: '{{service}} não foi iniciado pelo Riacho; não cabe ao Riacho parar nem reiniciar.',
    next: 'Fale com quem administra esse cluster.',
  },
  DOCKER_MISSING: {
    what: 'Nenhum Docker foi encontrado nesta máquina (procurado em: {{detail}}).',
    next: 'Instale o Docker e inicie-o, depois procure de novo; a stack embutida não precisa dele.',
  },
  DOCKER_NOT_RUNNING: {
    what: 'Nenhum Docker responde em {{address}} ({{detail}}).',
    next: 'Inicie o Docker e procure de novo; a stack embutida não precisa dele.',
  },
  DOCKER_DENIED: {
    what: 'Este usuário não pode usar o Docker em {{address}}.',
    next: 'Inclua o usuário no grupo docker e entre de novo, ou use a stack embutida.',
  },
  DOCKER_TOO_OLD: {
    what: 'O Docker {{version}} é mais antigo do que a stack precisa ({{wanted}}).',
    next: 'Atualize o Docker e procure de novo.',
  },
  DOCKER_REFUSED: {
    what: 'O Docker não conseguiu fazer o que foi pedido: {{detail}}',
    next: 'Tente de novo; se continuar assim, reinicie o Docker.',
  },
  DOCKER_DISK_FULL: {
    what: 'O Docker está sem espaço: {{detail}}',
    next: 'Libere espaço com “docker system prune” ou dê um disco maior ao Docker, depois inicie de novo.',
  },
  COMPOSE_UNREADABLE: {
    what: 'O arquivo compose {{path}} não pode ser usado: {{detail}}',
    next: 'Corrija-o ou instale o Riacho de novo.',
  },
  COMPOSE_UNKNOWN_KEY: {
    what: 'O arquivo compose {{path}} tem uma chave que o Riacho não conhece: {{key}}',
    next: 'Tire a chave ou inicie a stack com “docker compose up -d”: o Riacho assume a partir daí.',
  },
  IMAGE_NOT_FOUND: {
    what: 'A imagem {{image}} não existe ou não pode ser baixada sem login.',
    next: 'Confira o nome e a tag; uma versão própria se define no arquivo .env ao lado do arquivo compose.',
  },
  IMAGE_LIMIT: {
    what: 'Por enquanto o registro não deixa esta rede baixar mais imagens: {{image}}',
    next: 'Espere algumas horas, entre com “docker login” ou use a stack embutida.',
  },
  IMAGE_UNREACHABLE: {
    what: 'A imagem {{image}} não pôde ser baixada: {{detail}}',
    next: 'Confira a rede e inicie de novo; o que já foi baixado fica.',
  },
  IMAGE_BUILD_FAILED: {
    what: 'A imagem de {{service}} não pôde ser construída: {{line}}',
    next: 'Confira a rede e inicie de novo; o que já foi construído fica.',
  },
  NOT_ENOUGH_MEMORY: {
    what: 'Esta stack precisa de {{wanted}} GB de memória, e o Docker tem {{found}} GB.',
    next: 'Escolha um perfil menor ou dê mais memória ao Docker.',
  },
  SERVICE_PORT_TAKEN: {
    what: 'A porta {{port}}, de que {{service}} precisa, está ocupada por {{holder}}.',
    next: 'Pare o que a ocupa ou escolha outra porta em Ajustes.',
  },
  SERVICE_NAME_TAKEN: {
    what: 'Um contêiner que não é desta stack já se chama {{name}}, nome que {{service}} precisa ter.',
    next: 'Renomeie ou remova aquele (docker rename {{name}} {{name}}-old) e inicie de novo.',
  },
  SERVICE_EXITED: {
    what: '{{service}} terminou sozinho com o código de saída {{exitCode}}: {{line}}',
    next: 'O log diz mais; inicie de novo quando a causa tiver sumido.',
  },
  SERVICE_UNHEALTHY: {
    what: '{{service}} está rodando, mas a verificação falha: {{line}}',
    next: 'O log diz mais; dê mais tempo ou reinicie o serviço.',
  },
  SERVICE_OUT_OF_MEMORY: {
    what: '{{service}} foi encerrado por passar do limite de memória de {{limit}} MB.',
    next: 'Reinicie o serviço; se acontecer de novo, feche outros programas ou escolha um perfil menor.',
  },
  SERVICE_REMOVED: {
    what: 'O contêiner de {{service}} foi removido por fora do Riacho.',
    next: 'Inicie a stack de novo: ele é refeito, e os dados continuam lá.',
  },
  AIRFLOW_MISSING: {
    what: 'Esta stack não tem o Airflow.',
    next: 'Inicie uma que tenha: npm run riacho -- up --engine docker --profile airflow --detach',
  },
  AIRFLOW_NOT_READY: {
    what: '{{service}} ainda não responde ou deixou de responder.',
    next: 'Veja como está: npm run riacho -- status --engine docker',
  },
  AIRFLOW_UNREACHABLE: {
    what: 'O Airflow não responde em {{address}} ({{detail}}).',
    next: 'Espere um momento; se continuar assim, inicie a stack de novo.',
  },
  AIRFLOW_DENIED: {
    what: 'O Airflow não aceita o usuário {{user}} com a senha que a stack sorteou para ele.',
    next: 'Devolva essa senha a ele: docker exec dsaservidor-airflow-webserver-1 bash -c \'airflow users reset-password -u {{user}} -p "$(cat /run/riacho/airflow-admin-password)"\'',
  },
  AIRFLOW_REFUSED: {
    what: 'O Airflow recusa o pedido: {{detail}}',
    next: 'Corrija o que foi pedido; o log do webserver diz mais.',
  },
  AIRFLOW_DAG_MISSING: {
    what: 'O Airflow não conhece nenhuma DAG chamada {{dag}}.',
    next: 'Procure o arquivo em compose/airflow/dags; o Airflow relê essa pasta a cada poucos minutos.',
  },
  AIRFLOW_DAG_BROKEN: {
    what: 'O Airflow não consegue carregar o arquivo da DAG, {{path}}: {{detail}}',
    next: 'Corrija o arquivo em compose/airflow/dags; o Airflow o relê em até meio minuto.',
  },
  AIRFLOW_RUN_FAILED: {
    what: 'A execução da DAG falhou: {{line}}',
    next: 'Leia o log: npm run riacho -- airflow logs',
  },
  AIRFLOW_RUN_GONE: {
    what: 'O Airflow não tem a execução {{run}} da DAG.',
    next: 'Veja quais existem: npm run riacho -- airflow runs',
  },
  SETTINGS_UNREADABLE: {
    what: 'Não é possível entender os ajustes em {{path}} ({{detail}}); valem os usuais.',
    next: 'Salve os ajustes de novo ou corrija o arquivo.',
  },
  FILE_UNWRITABLE: {
    what: 'Não é possível gravar o arquivo {{path}} ({{detail}}).',
    next: 'Escolha uma pasta que exista e na qual você possa gravar.',
  },
  FILE_DIALOG_UNAVAILABLE: {
    what: 'Não é possível abrir isto a partir daqui ({{detail}}).',
    next: 'Copie o caminho e abra você mesmo: {{path}}',
  },
  CONNECTION_LOST: {
    what: 'A conexão com o Riacho foi perdida.',
    next: 'Uma nova tentativa é feita a cada segundo; as execuções continuam enquanto isso.',
  },
  BAD_INPUT: {
    what: 'Isto não pode ser usado: {{detail}}',
    next: 'Veja: npm run riacho -- --help',
  },
  INPUT_MISSING: {
    what: 'Falta isto: {{detail}}',
    next: 'Veja: npm run riacho -- --help',
  },
  CANCELLED: {
    what: 'Interrompido antes de terminar.',
    next: 'Nada ficou gravado pela metade.',
  },
  UNEXPECTED: {
    what: 'Aconteceu algo que não deveria: {{detail}}',
    next: 'Por favor, relate o problema e anexe o arquivo de log.',
  },
};

export const nextInWindowPtBR: typeof nextInWindowEn = {
  AIRFLOW_MISSING: 'Pare a stack, escolha o perfil Airflow ou Completo e inicie de novo.',
  AIRFLOW_NOT_READY: 'Espere um momento; Serviços mostra como ele está e pode reiniciá-lo.',
  AIRFLOW_UNREACHABLE: 'Espere um momento; se continuar assim, reinicie o webserver em Serviços.',
  AIRFLOW_RUN_FAILED: 'O log conta a história toda.',
  AIRFLOW_RUN_GONE: 'Olhe a lista de novo para ver quais existem.',
  SYSTEM_UNFIT: 'Escolha outro engine em Ajustes: external, com os endereços de um cluster.',
  DATA_FOLDER_UNWRITABLE:
    'Dê a si mesmo permissão de escrita nela ou inicie o Riacho com --data-dir e outra pasta.',
  BROKER_UNREACHABLE:
    'Serviços mostra se ele está rodando; uma execução que espera por ele continua sozinha.',
  CASSANDRA_UNREACHABLE:
    'Serviços mostra se ele está rodando; uma execução que espera por ele continua sozinha.',
  SPARK_MISSING: 'Escolha o perfil spark da stack Docker e inicie-a.',
  STACK_NOT_RUNNING: 'Clique em Iniciar stack na tela Lab.',
  CASSANDRA_REFUSED: 'Verifique os pontos de contato e o data center local em Ajustes.',
  REGISTRY_MISSING: 'Escolha o perfil registry do Docker ou informe o endereço do seu em Ajustes.',
  REGISTRY_UNREACHABLE:
    'Serviços mostra como ele está e pode reiniciá-lo. Mensagens e linhas não precisam dele; seguem sem ele.',
  SCHEMA_INCOMPATIBLE:
    'Remova esse subject ou mude a compatibilidade dele para NONE e registre de novo. Mensagens e linhas seguem sem ele.',
  ACCESS_DENIED: 'Verifique o usuário e a senha em Ajustes.',
  TLS_UNTRUSTED: 'Informe em Ajustes a autoridade que o assinou: um arquivo PEM.',
  TOPIC_MISSING: 'Crie-o ou permita em Ajustes que o Riacho o crie.',
  TABLE_MISSING: 'Crie-a ou permita em Ajustes que o Riacho a crie.',
  SOURCE_UNREACHABLE: 'Verifique a rede ou escolha a fonte offline: dados gerados nesta máquina.',
  SOURCE_NOT_API: 'A página de login de um Wi-Fi responde assim; entre por ela ou escolha a fonte offline.',
  STACK_RUNNING: 'Clique primeiro em Parar stack.',
  BAD_INPUT: 'Corrija e tente de novo.',
  INPUT_MISSING: 'Preencha e tente de novo.',
};
