package io.tenantry.tenancy;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * How many schemas each process of PostgreSQL has served. Such a process keeps what it learned of every table and never gives the memory
 * back: 1.2 GB after a thousand schemas. So when one has served {@link #SCHEMAS_MAX}, the pool is told to replace its connections: idle
 * ones now, those at work when they come back; nobody waits.
 */
final class ServedSchemas {
    /** A process that has served so many schemas is replaced. */
    static final int SCHEMAS_MAX = 50;

    private static final System.Logger LOG = System.getLogger(ServedSchemas.class.getName());
    private static final String EXECUTOR = "java:jboss/ee/concurrency/executor/default";

    private final Map<Integer, Set<String>> schemasByProcess = new ConcurrentHashMap<>();
    private final Runnable replaceConnections;

    ServedSchemas(Runnable replaceConnections) {
        this.replaceConnections = replaceConnections;
    }

    /** Of the application's datasource; the pool is told by a thread of the container, outside of the transaction. */
    static ServedSchemas ofApplication() {
        return new ServedSchemas(() -> ServerNames.lookup(EXECUTOR, ManagedExecutorService.class)
                .ifPresentOrElse(
                        ServedSchemas::flushBy,
                        () -> LOG.log(
                                System.Logger.Level.WARNING,
                                "connections are not replaced: the server has no " + EXECUTOR)));
    }

    /** A transaction of this process has become the schema's role. */
    void served(int process, String schema) {
        var schemas = schemasByProcess.computeIfAbsent(process, first -> ConcurrentHashMap.newKeySet());
        schemas.add(schema);
        if (schemas.size() >= SCHEMAS_MAX && startAgain(process)) {
            replaceConnections.run();
        }
    }

    /** Whether this caller is the one to replace them: of several that saw it at once, one. */
    private synchronized boolean startAgain(int process) {
        if (schemasByProcess.getOrDefault(process, Set.of()).size() < SCHEMAS_MAX) {
            return false;
        }
        schemasByProcess.clear();
        return true;
    }

    private static void flushBy(ManagedExecutorService executor) {
        try {
            executor.execute(ServedSchemas::flush);
        } catch (RejectedExecutionException busy) {
            LOG.log(System.Logger.Level.WARNING, "connections are not replaced now: no thread is free", busy);
        }
    }

    private static void flush() {
        Cells.replaceApplicationConnections();
        LOG.log(System.Logger.Level.DEBUG, "connections are replaced after serving schemas={0}", SCHEMAS_MAX);
    }
}
