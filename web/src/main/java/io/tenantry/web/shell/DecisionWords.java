package io.tenantry.web.shell;

import io.tenantry.work.Looked;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** What came of a decision of staff, in their words: the same on every page on which one is made. */
@RequestScoped
public class DecisionWords {
    @Inject
    Fmt fmt;

    /** Whether a reason was given; if not, that is said at its field. */
    public boolean isReasoned(String field, String reason) {
        if (reason.isBlank()) {
            Visit.refuse(field, fmt.text("service.decision.reason.missing"));
        }
        return !reason.isBlank();
    }

    /** Somebody looked again: the next page says so; what goes on waiting for money stays where it is, and how much is missing is said there. */
    public void looked(Looked looked, String field, String next) {
        if (looked instanceof Looked.TooLittle lacking) {
            Visit.refuse(field, fmt.text("service.look.too-little", fmt.money(lacking.missing())));
        } else {
            Visit.go(next, fmt.text(looked instanceof Looked.Again ? "service.look.done" : "service.decision.late"));
        }
    }

    /** It was given up, or nothing waited any more. */
    public void gaveUp(boolean isDone, String next) {
        Visit.go(next, fmt.text(isDone ? "service.give-up.done" : "service.decision.late"));
    }
}
