package io.tenantry.web.admin;

import io.tenantry.kernel.time.MovableClock;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.Messages;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;

/** Labels for work items. */
@Named
@RequestScoped
public class WorkLabels {
    @Inject
    Language language;

    @Inject
    MovableClock clock;

    /** Returns the label of a kind of work; the name of the kind if it has no label. */
    public String kind(String kind) {
        return new Messages(language.getLocale()).textOr("work.kind." + kind, kind);
    }

    /** Converts a time to the displayed clock: work items wait in real time. */
    public Instant shown(Instant real) {
        return real.plus(clock.offset());
    }
}
