package io.tenantry.kernel.push;

import io.tenantry.tenancy.DatabaseCells;
import io.tenantry.tenancy.DatabaseUnavailable;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Receives the signals of all nodes, on a dedicated connection without a role: it could read no table. A lost connection is reopened after a
 * pause that doubles up to half a minute.
 */
@ApplicationScoped
public class SignalChannel {
    private static final System.Logger LOG = System.getLogger(SignalChannel.class.getName());
    private static final int WAIT_MILLIS = 1_000;
    private static final long PAUSE_FIRST_MILLIS = 500;
    private static final long PAUSE_MAX_MILLIS = 30_000;

    @Inject
    Event<Signal> signals;

    @Inject
    TenantDirectory tenants;

    /** The receiver of signals. */
    public interface SignalListener {
        /** Called when the channel is open; signals sent before that are unknown. */
        void opened();

        /** Called for each signal. */
        void heard(Signal signal);
    }

    /** Listens on this thread until stopped, across connection losses; CDI observers of signals receive them too. */
    public void listen(SignalListener signalListener, BooleanSupplier goesOn) {
        var both = new SignalListener() {
            @Override
            public void opened() {
                signalListener.opened();
            }

            @Override
            public void heard(Signal signal) {
                if (signal.kind() == Signal.Kind.TENANT) {
                    tenants.refresh(); // Before any check whether the tenant is open.
                }
                signals.fire(signal);
                signalListener.heard(signal);
            }
        };
        listen(DatabaseCells.listening(), both, goesOn);
    }

    /** Like the above, on connections of that source. */
    static void listen(DataSource source, SignalListener signalListener, BooleanSupplier goesOn) {
        var pause = PAUSE_FIRST_MILLIS;
        while (goesOn.getAsBoolean()) {
            var began = System.nanoTime();
            try {
                hear(source, signalListener, goesOn);
            } catch (SQLException | RuntimeException failure) {
                // The listening is stopped by an interrupt; the node itself logs once that the database is unreachable.
                var isExpected = !goesOn.getAsBoolean() || DatabaseUnavailable.isBehind(failure);
                LOG.log(
                        isExpected ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                        "the signal channel was lost: " + failure.getMessage());
            }
            boolean wasLong = System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(PAUSE_MAX_MILLIS);
            pause = wasLong ? PAUSE_FIRST_MILLIS : Math.min(PAUSE_MAX_MILLIS, pause * 2);
            rest(pause, goesOn);
        }
    }

    private static void hear(DataSource source, SignalListener signalListener, BooleanSupplier goesOn)
            throws SQLException {
        try (var connection = source.getConnection()) {
            try {
                execute(connection, "listen " + Signal.CHANNEL);
                var plain = connection.unwrap(PGConnection.class);
                signalListener.opened();
                while (goesOn.getAsBoolean()) {
                    hear(plain, signalListener::heard);
                }
            } finally {
                execute(connection, "unlisten *");
            }
        }
    }

    private static void hear(PGConnection connection, Consumer<Signal> heard) throws SQLException {
        var notifications = connection.getNotifications(WAIT_MILLIS);
        if (notifications != null) {
            for (var one : notifications) {
                Signal.of(one.getParameter()).ifPresent(heard);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void rest(long millis, BooleanSupplier goesOn) {
        if (goesOn.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                    millis + ThreadLocalRandom.current().nextLong(millis)));
        }
    }
}
