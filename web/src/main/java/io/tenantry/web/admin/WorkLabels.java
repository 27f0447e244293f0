package io.tenantry.web.admin;

import io.tenantry.kernel.time.MovableClock;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.Messages;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;

/** How pages tell of work items. */
@Named
@RequestScoped
public class WorkLabels {
    @Inject
    Language language;

    @Inject
    MovableClock clock;

    /** What a kind of work does; one without words is called by its name. */
    public String kind(String kind) {
        return new Messages(language.getLocale()).textOr("work.kind." + kind, kind);
    }

    /** A time by the clock that everybody sees: work waits in real time. */
    public Instant shown(Instant real) {
        return real.plus(clock.offset());
    }
}
