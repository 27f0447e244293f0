package io.tenantry.web.dunning;

import io.tenantry.dunning.Dunning;
import io.tenantry.dunning.Dunning.Done;
import io.tenantry.dunning.Dunning.Outlook;
import io.tenantry.identity.Permission;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.AboutCustomer;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where one customer stands, what was done so far, and a pause. */
@Named
@ViewScoped
public class DebtorPage extends AboutCustomer {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    Dunning dunning;

    @Inject
    DebtWords words;

    @Inject
    Fmt fmt;

    private String until = "";
    private String reason = "";
    private transient @Nullable List<Outlook> outlooks;
    private transient @Nullable List<Done> history;

    /** Looks at the customer, if it may be seen. */
    public void open() {
        look(id -> {
            outlooks = dunning.of(id);
            history = dunning.history(id);
        });
    }

    /** Nothing is done against it until the end of that day. */
    public void pause() {
        var end =
                day().map(day -> day.plusDays(1).atStartOfDay(fmt.zoneOfBooks()).toInstant());
        if (end.isEmpty() || !dunning.pause(known(), reason, end.get())) {
            Visit.refuse("pause:until", fmt.text("debt.pause.until.invalid"));
            return;
        }
        Visit.go(here(), fmt.text("debt.pause.done"));
    }

    /** It goes on. */
    public void goOn() {
        var isOver = dunning.goOn(known());
        Visit.go(here(), fmt.text(isOver ? "debt.pause.lifted" : "debt.pause.none"));
    }

    private Optional<LocalDate> day() {
        try {
            return Optional.of(LocalDate.parse(until));
        } catch (DateTimeParseException noDay) {
            return Optional.empty();
        }
    }

    /** Whether it may be paused. The use case asks again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_WALLETS_ADJUST);
    }

    /** Whether it is paused now. */
    public boolean isPaused() {
        return getOutlooks().stream().anyMatch(words::isPaused);
    }

    /** Its wallets. */
    public List<Outlook> getOutlooks() {
        var known = outlooks;
        if (known == null) {
            known = dunning.of(known());
            outlooks = known;
        }
        return known;
    }

    /** What was done, the newest first. */
    public List<Done> getHistory() {
        var known = history;
        if (known == null) {
            known = dunning.history(known());
            history = known;
        }
        return known;
    }

    public String getUntil() {
        return until;
    }

    public void setUntil(@Nullable String until) {
        this.until = Objects.requireNonNullElse(until, "");
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "");
    }

    private String here() {
        return "/staff/debtor?organization=" + known();
    }
}
