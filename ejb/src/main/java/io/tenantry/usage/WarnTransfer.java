package io.tenantry.usage;

import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Looks every hour whose transfer is nearly used up, some a turn. It never ends. */
@ApplicationScoped
public class WarnTransfer implements Worker {
    /** Its kind of work; there is one item a tenant. */
    public static final String KIND = "warn-transfer";

    private static final int TOGETHER = 50;
    private static final Duration GO_ON = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofHours(1);

    @Inject
    Warnings warnings;

    /** For the container. */
    public WarnTransfer() {}

    /** For use outside a container. */
    WarnTransfer(Warnings warnings) {
        this.warnings = warnings;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        return Outcome.later(warnings.tell(work, TOGETHER) == TOGETHER ? GO_ON : IDLE);
    }
}
