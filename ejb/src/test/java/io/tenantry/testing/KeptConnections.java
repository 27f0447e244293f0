package io.tenantry.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Connections that are pooled when they are closed, and reused as if they were new: most owner queries of a test take less time than a
 * connection's handshake and its process's loading of the schema.
 */
final class KeptConnections {
    private static final int VALIDATION_SECONDS = 5;

    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Supplier<DataSource> owner;

    KeptConnections(Supplier<DataSource> owner) {
        this.owner = owner;
    }

    DataSource source() {
        return (DataSource) Proxy.newProxyInstance(
                KeptConnections.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("getConnection")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return handle(borrow());
                });
    }

    /** Discards them: their PostgreSQL is gone. */
    void forget() {
        idle.clear();
    }

    private Connection borrow() throws SQLException {
        for (var connection = idle.poll(); connection != null; connection = idle.poll()) {
            if (connection.isValid(VALIDATION_SECONDS)) {
                return connection;
            }
            connection.close();
        }
        return owner.get().getConnection();
    }

    private Connection handle(Connection connection) {
        var isOpen = new AtomicBoolean(true);
        return (Connection) Proxy.newProxyInstance(
                KeptConnections.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        if (isOpen.getAndSet(false)) {
                            release(connection);
                        }
                        return null;
                    }
                    if (method.getName().equals("isClosed")) {
                        return !isOpen.get() || connection.isClosed();
                    }
                    if (!isOpen.get()) {
                        throw new SQLException("this connection was closed");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private void release(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        try (var statement = connection.createStatement()) {
            // Cached schema data stays; settings, locks and listeners do not.
            statement.execute("reset session authorization; reset all; unlisten *; select pg_advisory_unlock_all()");
        }
        idle.push(connection);
    }
}
