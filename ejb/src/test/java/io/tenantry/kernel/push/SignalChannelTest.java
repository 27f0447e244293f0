package io.tenantry.kernel.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.Sql;
import io.tenantry.testing.Database;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignalChannelTest {
    private static final String OPENED = "opened";

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Sql sql = new Sql(Database.runtime());
    private volatile boolean stopped;
    private final Thread listener = new Thread(
            () -> SignalChannel.listen(
                    Database.administration(),
                    new SignalChannel.SignalListener() {
                        @Override
                        public void opened() {
                            heard.add(OPENED);
                        }

                        @Override
                        public void heard(Signal signal) {
                            heard.add(signal.text());
                        }
                    },
                    () -> !stopped),
            "listener");

    @BeforeEach
    void listen() throws InterruptedException {
        listener.start();
        assertThat(next()).isEqualTo(OPENED);
    }

    @AfterEach
    void stop() throws InterruptedException {
        stopped = true;
        listener.interrupt();
        listener.join(5_000);
    }

    @Test
    void deliversCommittedSignalsOnceWithTheirSchema() throws InterruptedException {
        Database.run(Database.AURORA, () -> {
            Signals.publish(sql, Signal.Kind.BALANCE, "one");
            Signals.publish(sql, Signal.Kind.BALANCE, "one");
        });
        Database.run(Database.BOREALIS, () -> Signals.publish(sql, Signal.Kind.RUN, 7));
        assertThat(next()).isEqualTo("t_aurora BALANCE one");
        assertThat(next()).isEqualTo("t_borealis RUN 7");
    }

    @Test
    void deliversNoSignalsOfRolledBackTransactions() throws InterruptedException {
        Database.rolledBack(Database.AURORA, () -> Signals.publish(sql, Signal.Kind.NOTIFICATION, "never"));
        Database.run(Database.AURORA, () -> Signals.publish(sql, Signal.Kind.NOTIFICATION, "after"));
        assertThat(next()).isEqualTo("t_aurora NOTIFICATION after");
    }

    @Test
    void reconnectsAfterALostConnection() throws InterruptedException {
        Database.texts("select pg_terminate_backend(pid)::text from pg_stat_activity where query like 'listen %'");
        assertThat(next()).isEqualTo(OPENED);
        Database.run(Database.AURORA, () -> Signals.publish(sql, Signal.Kind.NOTIFICATION, "again"));
        assertThat(next()).isEqualTo("t_aurora NOTIFICATION again");
    }

    @Test
    void ignoresUnknownSignals() {
        assertThat(Signal.of("t_aurora BALANCE")).isEmpty();
        assertThat(Signal.of("t_aurora NONSENSE 1")).isEmpty();
        assertThat(Signal.of("")).isEmpty();
    }

    private String next() throws InterruptedException {
        return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
    }
}
