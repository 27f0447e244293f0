package io.tenantry.charging;

import io.tenantry.identity.Permission;
import io.tenantry.notice.Note;
import io.tenantry.notice.Operators;
import io.tenantry.text.InputText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Tells operators of runs that failed: of each run once, however often it is tried. */
@ApplicationScoped
public class FailedRuns {
    private static final int ERROR_MAX = 300;

    @Inject
    Operators operators;

    void parked(@Observes RunParked event) {
        var error = event.error();
        operators.tell(
                Permission.PLATFORM_RUNS_VIEW,
                new Note(
                        Note.Kind.RUN_FAILED,
                        event.tenant().value(),
                        InputText.cut(error, ERROR_MAX),
                        "runs?tenant=" + event.tenant().value() + "&state=" + RunList.UNFINISHED,
                        "run:" + event.runId()));
    }
}
