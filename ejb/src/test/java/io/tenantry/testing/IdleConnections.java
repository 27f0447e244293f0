package io.tenantry.testing;

import io.tenantry.tenancy.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Idle connections of the runtime user, each with the role and the search path of one scope: a change of the search path would make the driver
 * discard the statements that it has prepared. The longest idle ones are closed.
 */
final class IdleConnections {
    private static final int MAX = 24;

    private final Deque<Idle> newestFirst = new ArrayDeque<>();

    synchronized @Nullable Connection poll(Scope scope) {
        for (var all = newestFirst.iterator(); all.hasNext(); ) {
            var idle = all.next();
            if (idle.scope().equals(scope)) {
                all.remove();
                return idle.connection();
            }
        }
        return null;
    }

    synchronized void add(Scope scope, Connection connection) throws SQLException {
        newestFirst.addFirst(new Idle(scope, connection));
        if (newestFirst.size() > MAX) {
            newestFirst.removeLast().connection().close();
        }
    }

    /** Discards them: their PostgreSQL is gone. */
    synchronized void clear() {
        newestFirst.clear();
    }

    private record Idle(Scope scope, Connection connection) {}
}
