package io.tenantry.batch.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.platform.DemoJourney;
import io.tenantry.batch.JobStarter;
import io.tenantry.billing.charging.ChargingRuns;
import io.tenantry.billing.invoicing.InvoiceRuns;
import io.tenantry.billing.invoicing.InvoiceWorker;
import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.settlement.SettlementRuns;
import io.tenantry.settlement.SettlementWorker;
import io.tenantry.settlement.WholesaleUsage;
import io.tenantry.workqueue.WorkQueue;
import jakarta.ejb.TimerService;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A day of the demo ends when its work is done. */
class DemoJourneyTimerTest {
    private final List<String> done = new ArrayList<>();
    private final Deque<Boolean> quiet = new ArrayDeque<>();
    private final Readiness readiness = new Readiness();
    private final DemoJourneyTimer timer = new DemoJourneyTimer();
    private final DemoCatchUp catchUp = new DemoCatchUp();
    private long nanos = 1;
    private int days = 2;
    private int charged;
    private int chargedAfter = 1;
    private boolean isDue = true;

    @BeforeEach
    void prepare() {
        catchUp.jobs = new JobStarter() {
            private int looks;

            @Override
            public long startUnlessRunning(String job) {
                done.add(job);
                looks = 0;
                return 1;
            }

            @Override
            public boolean isRunning(long execution) {
                done.add(looks == 0 ? "at it" : "finished");
                return looks++ == 0;
            }
        };
        catchUp.runs = new ChargingRuns() {
            @Override
            public boolean isAllDone() {
                charged++;
                return charged >= chargedAfter;
            }
        };
        catchUp.invoices = new InvoiceWorker(new InvoiceRuns()) {
            @Override
            public int open() {
                return 1;
            }

            @Override
            public boolean isDue() {
                return isDue;
            }
        };
        catchUp.settlements = new SettlementWorker(new SettlementRuns(), new WholesaleUsage()) {
            @Override
            public int open() {
                return 1;
            }

            @Override
            public boolean isDue() {
                return isDue;
            }
        };
        timer.readiness = readiness;
        timer.catchUp = catchUp;
        timer.queue = new WorkQueue() {
            @Override
            public boolean isQuiet(Duration within) {
                var now = Objects.requireNonNullElse(quiet.poll(), true);
                done.add(now ? "quiet" : "busy");
                return now;
            }
        };
        timer.journey = new DemoJourney() {
            @Override
            public boolean advance() {
                done.add(days > 0 ? "next day" : "there");
                return days-- > 0;
            }

            @Override
            public void recordHeartbeat() {
                done.add("heartbeat");
            }
        };
        timer.timers = (TimerService) Proxy.newProxyInstance(
                TimerService.class.getClassLoader(),
                new Class<?>[] {TimerService.class},
                (proxy, method, arguments) -> {
                    done.add("again");
                    return null;
                });
    }

    @Test
    void finishesWorkOfDayBeforeNextDay() {
        readiness.ready();
        isDue = false;
        quiet.addAll(List.of(false, true, false, true));

        for (var time = 0; time < 3; time++) {
            timer.goOn();
        }

        assertThat(String.join(", ", done))
                .isEqualTo("heartbeat, next day, busy, quiet, hourly-charging, at it, finished, busy, quiet, again,"
                        + " next day, quiet, hourly-charging, at it, finished, quiet, again, there, again");
    }

    @Test
    void waitsUntilDemoIsCreated() {
        timer.goOn();
        assertThat(done).containsExactly("again");
    }

    @Test
    void chargesThenInvoicesThenSettles() {
        catchUp.run();
        assertThat(String.join(", ", done))
                .isEqualTo("hourly-charging, at it, finished, invoicing, at it, finished, settlement, at it, finished");
    }

    @Test
    void invoicesAfterChargingSucceedsAtSecondAttempt() {
        chargedAfter = 2;
        catchUp.run();
        assertThat(done.stream().filter(one -> !one.equals("at it") && !one.equals("finished")))
                .containsExactly("hourly-charging", "hourly-charging", "invoicing", "settlement");
    }

    @Test
    void reportsHoursThatCannotBeCharged() {
        chargedAfter = 9;
        assertThatThrownBy(catchUp::run).hasMessageContaining("charging did not complete");
        assertThat(done).doesNotContain("invoicing", "settlement");
    }

    @Test
    void continuesWhenWorkOfDayTakesOverOneMinute() {
        readiness.ready();
        isDue = false;
        for (var look = 0; look < 20; look++) {
            quiet.add(false);
        }
        timer.nanos = () -> nanos += Duration.ofSeconds(25).toNanos();
        timer.goOn();
        assertThat(String.join(", ", done))
                .isEqualTo(
                        "heartbeat, next day, busy, busy, busy, hourly-charging, at it, finished, busy, busy, busy, again");
    }

    @Test
    void sendsHeartbeatEveryMinute() {
        readiness.ready();
        days = 0;
        timer.nanos = () -> nanos;
        timer.goOn();
        nanos += Duration.ofMinutes(1).toNanos();
        timer.goOn();
        assertThat(done.stream().filter("heartbeat"::equals)).hasSize(1);
        nanos += 1;
        timer.goOn();
        assertThat(done.stream().filter("heartbeat"::equals)).hasSize(2);
    }

    @Test
    void continuesJourneyAfterFailedDay() {
        readiness.ready();
        chargedAfter = 99;
        timer.goOn();
        timer.goOn();
        assertThat(done.stream().filter("next day"::equals)).hasSize(2);
        assertThat(done.stream().filter("again"::equals)).hasSize(2);
    }

    @Test
    void runsOnlyInDemo() {
        timer.settings = new Settings(name -> null, name -> null);
        timer.start();
        assertThat(done).isEmpty();
        timer.settings = new Settings(Map.of("tenantry.demo", "true")::get, name -> null);
        timer.start();
        assertThat(done).containsExactly("again");
    }
}
