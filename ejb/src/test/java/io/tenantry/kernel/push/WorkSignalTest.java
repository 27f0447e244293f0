package io.tenantry.kernel.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.WorkQueueFixture;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user viewing a work item immediately sees a decision on it. */
class WorkSignalTest {
    private static final TenantId TENANT = Database.tenant(new TenantId("decided"), "EUR", "Europe/Berlin");
    private static final WorkQueueFixture DESK = new WorkQueueFixture(TENANT);
    private static final String OPENED = "opened";

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
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
        DESK.clear();
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
    void signalsResumedWork() throws InterruptedException {
        var id = parked();
        assertThat(Database.<Boolean>in(TENANT, () -> DESK.items.resume(id))).isTrue();
        assertThat(next()).isEqualTo("t_decided WORK " + id);
    }

    @Test
    void signalsDroppedWork() throws InterruptedException {
        var id = parked();
        assertThat(Database.<Boolean>in(TENANT, () -> DESK.items.drop(id, "looked")))
                .isTrue();
        assertThat(next()).isEqualTo("t_decided WORK " + id);
    }

    @Test
    void signalsNothingForWorkDecidedEarlier() throws InterruptedException {
        var id = parked();
        Database.asOwner(
                "update work.work_item set state = 'OPEN', parked_at = null, parked_reason = null where id = " + id);
        assertThat(Database.<Boolean>in(TENANT, () -> DESK.items.resume(id))).isFalse();
        assertThat(Database.<Boolean>in(TENANT, () -> DESK.items.drop(id, "late")))
                .isFalse();
        assertThat(heard.poll(500, TimeUnit.MILLISECONDS)).isNull();
    }

    private static long parked() {
        Database.run(
                TENANT, () -> DESK.items.write("rehearse", UUID.randomUUID().toString(), UUID.randomUUID()));
        Database.asOwner(
                "update work.work_item set state = 'PARKED', parked_at = clock_timestamp(), parked_reason = 'unclear'"
                        + " where tenant = 'decided'");
        return Long.parseLong(DESK.column(TENANT, "id").get(0));
    }

    private String next() throws InterruptedException {
        return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
    }
}
