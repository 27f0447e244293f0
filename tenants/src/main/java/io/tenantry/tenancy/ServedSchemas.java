package io.tenantry.tenancy;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The number of schemas that each PostgreSQL backend has served. A backend keeps what it learned of every table and never frees that memory:
 * 1.2 GB after a thousand schemas. The connection of a backend that has served {@link ConnectionPoolRole#schemasMax} is marked, and the pool
 * discards it when it is next requested (the check of {@code install.cli}). Never earlier: flushing the pool would take a connection away in
 * the middle of its transaction, whose second half would run without a role on another one.
 */
final class ServedSchemas {
    /** The end of a backend is not reported: when this many are known, most have ended. */
    static final int PROCESSES_MAX = 1_000;

    private final Map<Integer, Set<String>> schemasByProcess = new ConcurrentHashMap<>();

    /**
     * Records that a transaction of this backend has assumed the schema's role.
     *
     * @param schemasMax the number of schemas after which a backend is replaced
     * @return whether the backend is worn now; it is then forgotten, because it will serve no further transaction
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
