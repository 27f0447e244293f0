package io.tenantry.batch.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.batch.RecordingJobStarter;
import io.tenantry.settlement.SettlementRequested;
import io.tenantry.settlement.SettlementRuns;
import io.tenantry.settlement.SettlementWorker;
import io.tenantry.settlement.WholesaleUsage;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettlementJobTest {
    private final RecordingJobStarter jobs = new RecordingJobStarter();
    private final SettlementTimer timer = new SettlementTimer();
    private final SettlementBatchlet batchlet = new SettlementBatchlet();
    private int opened;
    private boolean isDue;
    private int pieces = 3;

    private final SettlementWorker worker = new SettlementWorker(new SettlementRuns(), new WholesaleUsage()) {
        @Override
        public int open() {
            opened++;
            return 4;
        }

        @Override
        public boolean isDue() {
            return isDue && opened > 0;
        }

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

    @BeforeEach
    void prepare() {
        timer.jobs = jobs;
        timer.worker = worker;
        batchlet.jobs = jobs;
        batchlet.worker = worker;
    }

    @Test
    void tickOpensEndedMonthsBeforeCheckingWhatIsDue() {
        isDue = true;
        timer.tick();
        assertThat(jobs.said).containsExactly("settlement is due");
        assertThat(opened).isOne();
    }

    @Test
    void nothingIsDueWithoutClaimableRuns() {
        timer.tick();
        assertThat(jobs.said).containsExactly("settlement is not due");
    }

    @Test
    void requestStartsJobAtOnce() {
        timer.requested(new SettlementRequested());
        assertThat(jobs.said).containsExactly("start settlement");
        assertThat(opened).isZero();
    }

    @Test
    void firstStepOpensEndedMonths() {
        var open = new OpenSettlementRunsBatchlet();
        open.worker = worker;
        assertThat(open.process()).isEqualTo("opened 4");
    }

    @Test
    void sendsHeartbeatBetweenRuns() {
        pieces = 1;
        assertThat(batchlet.process()).isEqualTo("settled 1 months");
        assertThat(jobs.said).containsExactly("pulse of settlement");
    }

    @Test
    void finishesCurrentRunWhenStopped() {
        assertThat(batchlet.process()).isEqualTo("settled 2 months");
    }
}
