package io.tenantry.batch.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.batch.RecordingJobStarter;
import io.tenantry.billing.charging.ChargingRequested;
import io.tenantry.billing.charging.ChargingRuns;
import io.tenantry.billing.charging.ChargingWorker;
import io.tenantry.config.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChargingJobTest {
    private static final Instant HOUR = Instant.parse("2026-10-25T01:00:00Z");

    private final RecordingJobStarter jobs = new RecordingJobStarter();
    private final List<Instant> opened = new ArrayList<>();
    private final HourlyChargingTimer timer = new HourlyChargingTimer();
    private final ChargingBatchlet batchlet = new ChargingBatchlet();
    private boolean hasClaimable;
    private int pieces = 3;

    private final ChargingRuns runs = new ChargingRuns() {
        @Override
        public Instant reachedHour() {
            return HOUR;
        }

        @Override
        public int open(Instant until) {
            opened.add(until);
            return 4;
        }

        @Override
        public boolean hasClaimable() {
            return hasClaimable && !opened.isEmpty();
        }
    };

    @BeforeEach
    void prepare() {
        timer.jobs = jobs;
        timer.runs = runs;
        batchlet.jobs = jobs;
        batchlet.worker = new ChargingWorker(runs, parked -> {}) {
            @Override
            public int work(BooleanSupplier goesOn) {
                var done = 0;
                while (done < pieces && goesOn.getAsBoolean()) {
                    done++;
                    if (done == 2) {
                        batchlet.stop();
                    }
                }
                return done;
            }
        };
    }

    @Test
    void tickOpensRunsOfHourBeforeCheckingWhatIsDue() {
        hasClaimable = true;
        timer.tick();
        assertThat(opened).containsExactly(HOUR);
        assertThat(jobs.said).containsExactly("hourly-charging is due");
    }

    @Test
    void nothingIsDueWithoutClaimableSlices() {
        timer.tick();
        assertThat(jobs.said).containsExactly("hourly-charging is not due");
    }

    @Test
    void requestStartsJobAtOnce() {
        timer.requested(new ChargingRequested());
        assertThat(jobs.said).containsExactly("start hourly-charging");
        assertThat(opened).isEmpty();
    }

    @Test
    void firstStepOpensRunsOfHour() {
        var open = new OpenChargingRunsBatchlet();
        open.runs = runs;
        assertThat(open.process()).isEqualTo("opened 4");
        assertThat(opened).containsExactly(HOUR);
    }

    @Test
    void sendsHeartbeatBetweenSlices() {
        pieces = 1;
        assertThat(batchlet.process()).isEqualTo("charged 1 slices");
        assertThat(jobs.said).containsExactly("pulse of hourly-charging");
    }

    @Test
    void finishesCurrentSliceWhenStopped() {
        assertThat(batchlet.process()).isEqualTo("charged 2 slices");
    }

    @Test
    void createsPartitionPerWorker() {
        var mapper = new ChargingPartitionMapper();
        mapper.settings = new Settings(Map.of("tenantry.charging.workers", "5")::get, name -> null);
        var plan = mapper.mapPartitions();
        assertThat(plan.getPartitions()).isEqualTo(5);
        assertThat(plan.getThreads()).isEqualTo(5);
        assertThat(plan.getPartitionProperties()).hasSize(5).doesNotContainNull();
        assertThat(plan.getPartitionsOverride())
                .as("a restart may have other workers")
                .isTrue();
    }
}
