package io.tenantry.charging;

import io.tenantry.config.Settings;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import io.tenantry.time.MovableClock;
import jakarta.ejb.EJBException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs as the container would hold them, each method a transaction on a connection of its own; and before and after each
 * statement and each commit a {@link Killer} has its moment. For one worker: each has runs of its own.
 */
final class MortalRuns extends ChargingRuns implements AutoCloseable {
    /** A worker that lives holds its slice longer than a batch takes; a dead one is not waited for long. */
    private static final Duration LEASE = Duration.ofMillis(40);

    private final Killer killer;
    private @Nullable Connection connection;
    private String transaction = "";
    private int statements;

    MortalRuns(Killer killer, List<TenantId> tenants) {
        this.killer = killer;
        sql = new Sql(source());
        clock = new MovableClock();
        this.tenants = new Only(tenants);
        settings = new Small();
        charging = new Charging(sql, clock, new io.tenantry.ledger.Ledger(sql, clock), this.tenants);
    }

    /** Few wallets in a batch and few batches in a slice, so that there is much between them. */
    private static final class Small extends Settings {
        @Override
        public int chargingBatchWallets() {
            return 2;
        }

        @Override
        public int chargingSliceWallets() {
            return 4;
        }

        @Override
        public Duration chargingLease() {
            return LEASE;
        }
    }

    /** Other tests have tenants in the same database. */
    private static final class Only extends TenantDirectory {
        private final List<TenantId> tenants;

        Only(List<TenantId> tenants) {
            super(Database.administration());
            this.tenants = tenants;
        }

        @Override
        public List<Tenant> chargeable() {
            return super.chargeable().stream()
                    .filter(tenant -> tenants.contains(tenant.id()))
                    .toList();
        }
    }

    @Override
    public int open(Instant upTo) {
        return transaction("open", () -> super.open(upTo));
    }

    @Override
    public Optional<Unplanned> unplanned() {
        return transaction("unplanned", super::unplanned);
    }

    @Override
    public Optional<Claim> plan(Unplanned run) {
        return transaction("plan", () -> super.plan(run));
    }

    @Override
    public void park(Unplanned run, String error) {
        transaction("park run", () -> {
            super.park(run, error);
            return error;
        });
    }

    @Override
    public Optional<Claim> claim() {
        return transaction("claim", super::claim);
    }

    @Override
    public Optional<Claim> chargeNext(Claim claim) {
        return transaction("charge", () -> super.chargeNext(claim));
    }

    @Override
    public void park(Claim claim, String error) {
        transaction("park slice", () -> {
            super.park(claim, error);
            return error;
        });
    }

    @Override
    public int retry(long runId) {
        return transaction("retry", () -> super.retry(runId));
    }

    /** What the container throws is an EJBException, unless it is the application's own. */
    private <T> T transaction(String name, Supplier<T> work) {
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
        } catch (LeaseLost own) {
            throw own;
        } catch (RuntimeException | SQLException failure) {
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

    /** As when its process ends: what was not committed is undone. */
    @Override
    public void close() {
        var open = connection;
        connection = null;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException gone) {
                // As was meant.
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
                MortalRuns.class.getClassLoader(),
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
