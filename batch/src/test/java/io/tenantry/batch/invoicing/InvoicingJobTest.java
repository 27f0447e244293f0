package io.tenantry.batch.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.batch.RecordingJobStarter;
import io.tenantry.billing.invoicing.InvoiceRuns;
import io.tenantry.billing.invoicing.InvoiceWorker;
import io.tenantry.billing.invoicing.InvoicingRequested;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvoicingJobTest {
    private final RecordingJobStarter jobs = new RecordingJobStarter();
    private final InvoicingTimer timer = new InvoicingTimer();
    private final InvoicingBatchlet batchlet = new InvoicingBatchlet();
    private int opened;
    private boolean isDue;
    private int pieces = 3;

    private final InvoiceWorker worker = new InvoiceWorker(new InvoiceRuns()) {
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
        assertThat(jobs.said).containsExactly("invoicing is due");
        assertThat(opened).isOne();
    }

    @Test
    void nothingIsDueWithoutClaimableRuns() {
        timer.tick();
        assertThat(jobs.said).containsExactly("invoicing is not due");
    }

    @Test
    void requestStartsJobAtOnce() {
        timer.requested(new InvoicingRequested());
        assertThat(jobs.said).containsExactly("start invoicing");
        assertThat(opened).isZero();
    }

    @Test
    void firstStepOpensEndedMonths() {
        var open = new OpenInvoiceRunsBatchlet();
        open.worker = worker;
        assertThat(open.process()).isEqualTo("opened 4");
    }

    @Test
    void sendsHeartbeatBetweenRuns() {
        pieces = 1;
        assertThat(batchlet.process()).isEqualTo("issued documents of 1 runs");
        assertThat(jobs.said).containsExactly("pulse of invoicing");
    }

    @Test
    void finishesCurrentRunWhenStopped() {
        assertThat(batchlet.process()).isEqualTo("issued documents of 2 runs");
    }
}
