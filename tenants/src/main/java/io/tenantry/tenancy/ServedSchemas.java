package io.tenantry.tenancy;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many schemas each process of PostgreSQL has served. Such a process keeps what it learned of every table and never gives the memory
 * back: 1.2 GB after a thousand schemas. One that has served {@link ConnectionPoolRole#schemasMax} is worn, and its connection is marked; the pool throws it
 * away when it is asked for the next time (the check of {@code install.cli}). Never earlier: a pool that is told to flush takes a
 * connection away in the middle of its transaction, whose second half would be done by nobody on another one.
 */
final class ServedSchemas {
    /** Processes that ended are not told of: when so many are known, most of them have. */
    static final int PROCESSES_MAX = 1_000;

    private final Map<Integer, Set<String>> schemasByProcess = new ConcurrentHashMap<>();

    /**
     * A transaction of this process has become the schema's role.
     *
     * @param schemasMax so many wear it
     * @return whether the process is worn now; it is forgotten then, as it will serve nobody any more
     */
    boolean isWornBy(int process, String schema, int schemasMax) {
        if (schemasByProcess.size() >= PROCESSES_MAX) {
            schemasByProcess.clear();
        }
        var schemas = schemasByProcess.computeIfAbsent(process, first -> ConcurrentHashMap.newKeySet());
        schemas.add(schema);
        if (schemas.size() < schemasMax) {
            return false;
        }
        schemasByProcess.remove(process);
        return true;
    }
}
