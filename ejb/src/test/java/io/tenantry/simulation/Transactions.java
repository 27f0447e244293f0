package io.tenantry.simulation;

import io.tenantry.testing.Boundary;
import io.tenantry.testing.Database;
import jakarta.ejb.EJBException;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Transactions as the server would manage them, one at a time, with a moment before and after each statement and each commit. A single clock
 * determines the time: every statement contains its time instead of the database's.
 */
final class Transactions implements Boundary {
    private static final String DATABASE_CLOCK = "clock_timestamp()";
    private static final String STATEMENT_CLOCK = "statement_timestamp()";

    /** Columns that the database fills in by its own clock, by table. */
    private static final Map<String, String> FILLED_IN = Map.of(
            "provider_call",
            "sent_at",
            "idempotency_key",
            "used_at",
            "work.work_item",
            "written_at",
            "service_operation",
            "requested_at");

    /** The text before the first inserted value. */
    private static final Pattern FIRST_VALUE = Pattern.compile("\\bvalues \\(|\\bselect ");

    private final Clock clock;
    private final Moments moments;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private @Nullable Open open;

    Transactions(Clock clock, Moments moments) {
        this.clock = clock;
        this.moments = moments;
    }

    /** The transaction in progress. */
    private static final class Open {
        private final String name;
        private final Connection connection;
        private final Map<Object, Object> resources = new HashMap<>();
        private int statements;

        Open(String name, Connection connection) {
            this.name = name;
            this.connection = connection;
        }
    }

    @Override
    public <T> T in(String name, Supplier<T> work) {
        if (open != null) {
            throw new IllegalStateException(name + " within " + open.name);
        }
        moments.between("before " + name);
        var connection = borrow();
        var mine = new Open(name, connection);
        var isDone = false;
        open = mine;
        try {
            T result = work.get();
            step("commit", mine, () -> {
                connection.commit();
                return name;
            });
            isDone = true;
            return result;
        } catch (SQLException broken) {
            throw new EJBException(name, broken);
        } finally {
            open = null;
            giveBack(connection, isDone);
        }
    }

    private Connection borrow() {
        var known = idle.poll();
        try {
            return known == null ? Database.connect() : known;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void giveBack(Connection connection, boolean isDone) {
        try {
            if (!isDone) {
                connection.rollback();
            }
            idle.push(connection);
        } catch (SQLException gone) {
            // Its worker is dead, or its connection was cut: uncommitted work is rolled back.
        }
    }

    /** No worker is active any longer. */
    void close() {
        for (var connection : idle) {
            try {
                connection.close();
            } catch (SQLException gone) {
                // Intended.
            }
        }
        idle.clear();
        bind(null);
    }

    /** From now on, lookups of the current transaction are answered as on the server. */
    void open() {
        bind(proxy(TransactionSynchronizationRegistry.class, (method, arguments) -> {
            var current = open;
            return switch (method.getName()) {
                case "getTransactionStatus" -> current == null ? Status.STATUS_NO_TRANSACTION : Status.STATUS_ACTIVE;
                case "getResource" -> current == null ? null : current.resources.get(first(arguments));
                case "putResource" -> kept(current).put(first(arguments), last(arguments));
                default -> throw new UnsupportedOperationException(method.getName());
            };
        }));
    }

    private static Map<Object, Object> kept(@Nullable Open current) {
        if (current == null) {
            throw new IllegalStateException("no transaction");
        }
        return current.resources;
    }

    private static Object first(@Nullable Object[] arguments) {
        return Objects.requireNonNull(arguments[0]);
    }

    private static Object last(@Nullable Object[] arguments) {
        return Objects.requireNonNull(arguments[arguments.length - 1]);
    }

    private static void bind(@Nullable TransactionSynchronizationRegistry registry) {
        try {
            var use = Class.forName("io.tenantry.tenancy.TransactionScope")
                    .getDeclaredMethod("use", TransactionSynchronizationRegistry.class);
            use.setAccessible(true);
            use.invoke(null, registry);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("the registry of transactions", impossible);
        }
    }

    /** Returns connections of the current transaction, whose closing has no effect. */
    DataSource source() {
        return proxy(DataSource.class, (method, arguments) -> {
            var current = open;
            if (current == null) {
                throw new SQLException("no transaction");
            }
            return watched(current);
        });
    }

    private Connection watched(Open current) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("close")) {
                return null;
            }
            if (method.getName().equals("prepareStatement") && arguments.length == 1) {
                return watched(current, current.connection.prepareStatement(timed(String.valueOf(arguments[0]))));
            }
            return invoke(current.connection, method, arguments);
        });
    }

    private PreparedStatement watched(Open current, PreparedStatement statement) {
        return proxy(
                PreparedStatement.class,
                (method, arguments) -> method.getName().startsWith("execute")
                        ? step("statement " + ++current.statements, current, () -> invoke(statement, method, arguments))
                        : invoke(statement, method, arguments));
    }

    private interface Call {
        @Nullable
        Object make() throws SQLException;
    }

    private @Nullable Object step(String what, Open current, Call call) throws SQLException {
        moments.at(current.name + ", before " + what, current.connection);
        var result = call.make();
        moments.at(current.name + ", after " + what, current.connection);
        return result;
    }

    /** Returns the statement with the clock's time in it. */
    private String timed(String statement) {
        var now = "(timestamptz '" + clock.instant() + "')";
        var timed = statement.replace(DATABASE_CLOCK, now).replace(STATEMENT_CLOCK, now);
        for (var one : FILLED_IN.entrySet()) {
            var head = "insert into " + one.getKey() + " (";
            var begin = timed.indexOf(head);
            if (begin >= 0) {
                var first = FIRST_VALUE.matcher(timed);
                if (!first.find(begin)) {
                    throw new IllegalStateException("a time cannot be filled in: " + statement);
                }
                timed = timed.substring(0, begin) + head + one.getValue() + ", "
                        + timed.substring(begin + head.length(), first.end()) + now + ", "
                        + timed.substring(first.end());
            }
        }
        return timed;
    }

    private interface Handler {
        @Nullable
        Object call(Method method, @Nullable Object[] arguments) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                Transactions.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) ->
                        handler.call(method, arguments == null ? new @Nullable Object[0] : arguments)));
    }

    private static @Nullable Object invoke(Object target, Method method, @Nullable Object[] arguments)
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
