package io.tenantry.work;

import io.tenantry.identity.Permission;
import io.tenantry.notice.Note;
import io.tenantry.notice.Operators;
import io.tenantry.text.InputText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Tells operators of items that were parked: each time once, also if one is parked again after it was retried. */
@ApplicationScoped
public class ParkedWork {
    private static final int WHY_MAX = 300;

    @Inject
    Operators operators;

    void parked(@Observes WorkParked event) {
        var work = event.work();
        var why = event.why();
        operators.tell(
                Permission.PLATFORM_RUNS_VIEW,
                new Note(
                        Note.Kind.WORK_PARKED,
                        work.tenant().value(),
                        InputText.cut(why, WHY_MAX),
                        "work/one?id=" + work.id(),
                        "work:" + work.id() + ":" + work.fence()));
    }
}
