package io.tenantry.billing.charging;

import io.tenantry.tenancy.Sql;
import io.tenantry.testing.Database;
import jakarta.ejb.EJBException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the database, and transactions on it, as the container would manage them; before and after each statement and each commit a
 * {@link Killer} can intervene.
 */
public final class InterruptibleConnection implements AutoCloseable {
    private final Killer killer;
    private @Nullable Connection connection;
    private String transaction = "";
    private int statements;

    public InterruptibleConnection(Killer killer) {
        this.killer = killer;
    }

    /** Returns statements on this connection. */
    public Sql sql() {
        return new Sql(source());
    }

    /**
     * Runs the work in a transaction. Like the container, throws an EJBException for everything except the application's own exceptions.
     *
     * @param own the exception type that is thrown unwrapped
     */
    public <T> T transaction(String name, Class<? extends RuntimeException> own, Supplier<T> work) {
        transaction = name;
        statements = 0;
        var done = false;
        try {
            var open = connection();
            T result = work.get();
            step("commit", open, () -> {
                open.commit();
                return open;
            });
            done = true;
            return result;
        } catch (RuntimeException | SQLException failure) {
            if (own.isInstance(failure)) {
                throw own.cast(failure);
            }
            throw new EJBException(name, failure);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private Connection connection() throws SQLException {
        var open = connection;
        if (open == null) {
            open = Database.connect();
            connection = open;
        }
        return open;
    }

    /** Acts as if the process ended: uncommitted work is rolled back. */
    @Override
    public void close() {
        var open = connection;
        connection = null;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException gone) {
                // Intended.
            }
        }
    }

    private interface Call {
        @Nullable
        Object make() throws SQLException;
    }

    private @Nullable Object step(String name, Connection open, Call call) throws SQLException {
        killer.at(transaction + ", before " + name, open);
        var result = call.make();
        killer.at(transaction + ", after " + name, open);
        return result;
    }

    private DataSource source() {
        return proxy(DataSource.class, (method, arguments) -> {
            var open = connection();
            return proxy(Connection.class, (name, values) -> {
                if (name.getName().equals("close")) {
                    return null;
                }
                var made = invoke(open, name, values);
                return made instanceof PreparedStatement statement ? watched(open, statement) : made;
            });
        });
    }

    private PreparedStatement watched(Connection open, PreparedStatement statement) {
        return proxy(
                PreparedStatement.class,
                (method, arguments) -> method.getName().startsWith("execute")
                        ? step("statement " + ++statements, open, () -> invoke(statement, method, arguments))
                        : invoke(statement, method, arguments));
    }

    private interface Handler {
        @Nullable
        Object call(java.lang.reflect.Method method, @Nullable Object[] arguments) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                InterruptibleConnection.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> handler.call(method, arguments)));
    }

    private static @Nullable Object invoke(
            Object target, java.lang.reflect.Method method, @Nullable Object @Nullable [] arguments)
            throws SQLException {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof SQLException broken) {
                throw broken;
            }
            throw new IllegalStateException(failure);
        } catch (IllegalAccessException failure) {
            throw new IllegalStateException(Arrays.toString(arguments), failure);
        }
    }
}
