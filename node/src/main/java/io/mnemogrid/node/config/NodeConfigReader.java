package io.mnemogrid.node.config;

import io.mnemogrid.node.config.Settings.Section;
import java.util.List;

/** Says which key fills which field. Asking for a key is what makes it known. */
final class NodeConfigReader {
  private NodeConfigReader() {}

  static NodeConfig read(Settings settings) {
    HttpConfig http = http(settings.section("http"), HttpConfig.DEFAULTS);
    ClusterConfig cluster = cluster(settings.section("cluster"), ClusterConfig.DEFAULTS);
    AccessConfig access = access(settings.section(""), AccessConfig.DEFAULTS);
    EmbedConfig embed = embed(settings.section("embed"), EmbedConfig.DEFAULTS);
    RerankConfig rerank = rerank(settings.section("rerank"), RerankConfig.DEFAULTS);
    IndexConfig index = index(settings.section("index"), IndexConfig.DEFAULTS);
    RecallConfig recall = recall(settings.section("recall"), RecallConfig.DEFAULTS);
    IdempotencyConfig idempotency =
        idempotency(settings.section("idempotency"), IdempotencyConfig.DEFAULTS);
    DataConfig data = data(settings.section("data"), DataConfig.DEFAULTS);
    BackupConfig backup = backup(settings.section("backup"), BackupConfig.DEFAULTS);
    return settings
        .section("")
        .make(
            NodeConfig.DEFAULTS,
            () ->
                new NodeConfig(
                    http,
                    cluster,
                    access,
                    embed,
                    rerank,
                    index,
                    recall,
                    idempotency,
                    data,
                    backup));
  }

  private static HttpConfig http(Section given, HttpConfig otherwise) {
    return given.make(
        otherwise,
        () ->
            new HttpConfig(
                given.text("host", otherwise.host()),
                given.integer("port", otherwise.port()),
                given.integer("eventLoops", otherwise.eventLoops()),
                given.intBytes("maxBodyBytes", otherwise.maxBodyBytes()),
                given.bytes("maxBufferedBytes", otherwise.maxBufferedBytes()),
                given.intBytes("maxAnswerBytes", otherwise.maxAnswerBytes()),
                given.integer("maxInFlight", otherwise.maxInFlight()),
                given.time("idleTimeout", otherwise.idleTimeout()),
                given.time("bodyTimeout", otherwise.bodyTimeout())));
  }

  private static ClusterConfig cluster(Section given, ClusterConfig otherwise) {
    return given.make(
        otherwise,
        () ->
            new ClusterConfig(
                given.text("host", otherwise.host()),
                given.integer("port", otherwise.port()),
                given.addresses("members", otherwise.members(), otherwise.port()),
                given.text("name", otherwise.name()),
                given.text("dnsName", otherwise.dnsName()),
                given.integer("size", otherwise.size()),
                given.integer("partitionCount", otherwise.partitionCount()),
                given.integer("backupCount", otherwise.backupCount()),
                given.integer("minReplicas", otherwise.minReplicas()),
                given.time("leaseDuration", otherwise.leaseDuration()),
                given.time("heartbeatInterval", otherwise.heartbeatInterval()),
                given.time("heartbeatTimeout", otherwise.heartbeatTimeout()),
                given.time("backupAckTimeout", otherwise.backupAckTimeout()),
                given.time("callTimeout", otherwise.callTimeout()),
                given.time("writeTimeout", otherwise.writeTimeout()),
                given.bytes("migrationChunkBytes", otherwise.migrationChunkBytes()),
                given.integer("parallelMigrations", otherwise.parallelMigrations()),
                given.time("tombstoneRetention", otherwise.tombstoneRetention()),
                given.time("warmUpLimit", otherwise.warmUpLimit())));
  }

  private static AccessConfig access(Section given, AccessConfig otherwise) {
    String rootApiKey = given.text("rootApiKey", "");
    return rootApiKey.isEmpty()
        ? otherwise
        : given.make(otherwise, () -> new AccessConfig(rootApiKey));
  }

  private static EmbedConfig embed(Section given, EmbedConfig otherwise) {
    return given.make(
        otherwise,
        () ->
            new EmbedConfig(
                given.text("model", otherwise.model()),
                given.text("modelsDir", otherwise.modelsDir()),
                given.integer("maxOpenModels", otherwise.maxOpenModels()),
                given.integer("cacheEntries", otherwise.cacheEntries()),
                given.integer("queueLimit", otherwise.queueLimit()),
                given.integer("threads", otherwise.threads()),
                given.integer("maxBatchTexts", otherwise.maxBatchTexts()),
                given.integer("maxBatchTokens", otherwise.maxBatchTokens())));
  }

  private static RerankConfig rerank(Section given, RerankConfig otherwise) {
    return given.make(
        otherwise,
        () ->
            new RerankConfig(
                given.text("modelDir", otherwise.modelDir()),
                given.integer("maxBatchTexts", otherwise.maxBatchTexts()),
                given.integer("maxBatchTokens", otherwise.maxBatchTokens())));
  }

  private static IndexConfig index(Section given, IndexConfig otherwise) {
    return given.make(
        otherwise,
        () ->
            new IndexConfig(
                given.bytes("offHeapBytes", otherwise.offHeapBytes()),
                given.choice("rows", otherwise.rows(), List.of(IndexConfig.Rows.values())),
                given.integer("m", otherwise.m()),
                given.integer("efConstruction", otherwise.efConstruction()),
                given.integer("efSearch", otherwise.efSearch()),
                given.choice("codes", otherwise.codes(), List.of(IndexConfig.Codes.values())),
                given.integer("codesAbove", otherwise.codesAbove()),
                given.integer("graphAbove", otherwise.graphAbove()),
                given.integer("tailLimit", otherwise.tailLimit()),
                given.integer("splitAbove", otherwise.splitAbove())));
  }

  private static RecallConfig recall(Section given, RecallConfig otherwise) {
    return given.make(
        otherwise,
        () ->
            new RecallConfig(
                given.time("timeout", otherwise.timeout()),
                given.integer("searchThreads", otherwise.searchThreads()),
                given.integer("searchQueue", otherwise.searchQueue()),
                given.number("importanceWeight", otherwise.importanceWeight()),
                given.number("recencyWeight", otherwise.recencyWeight()),
                given.number("verifiedWeight", otherwise.verifiedWeight()),
                given.number("feedbackWeight", otherwise.feedbackWeight()),
                given.time("recencyHalfLife", otherwise.recencyHalfLife())));
  }

  private static IdempotencyConfig idempotency(Section given, IdempotencyConfig otherwise) {
    return given.make(
        otherwise,
        () ->
            new IdempotencyConfig(
                given.time("retention", otherwise.retention()),
                given.integer("maxAnswers", otherwise.maxAnswers()),
                given.bytes("maxBytes", otherwise.maxBytes())));
  }

  private static BackupConfig backup(Section given, BackupConfig otherwise) {
    return given.make(otherwise, () -> new BackupConfig(given.text("dir", otherwise.dir())));
  }

  private static DataConfig data(Section given, DataConfig otherwise) {
    return given.make(
        otherwise,
        () ->
            new DataConfig(
                given.text("dir", otherwise.dir()),
                given.choice("fsync", otherwise.fsync(), List.of(DataConfig.Fsync.values())),
                given.time("fsyncInterval", otherwise.fsyncInterval()),
                given.bytes("segmentBytes", otherwise.segmentBytes()),
                given.bytes("queueBytes", otherwise.queueBytes()),
                given.time("checkpointInterval", otherwise.checkpointInterval()),
                given.bytes("keptLogBytes", otherwise.keptLogBytes()),
                given.flag("acceptLoss", otherwise.acceptLoss())));
  }
}
