package io.tenantry.web.dunning;

import io.tenantry.concession.Concession.Kind;
import io.tenantry.concession.Concessions;
import io.tenantry.concession.Concessions.Outcome;
import io.tenantry.concession.Concessions.Wish;
import io.tenantry.concession.Ground;
import io.tenantry.dunning.Debt;
import io.tenantry.dunning.Dunning;
import io.tenantry.dunning.Dunning.Done;
import io.tenantry.dunning.Dunning.Outlook;
import io.tenantry.identity.Permission;
import io.tenantry.text.DateText;
import io.tenantry.web.concession.ConcessionWords;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.AboutCustomer;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where one customer stands, what was done so far, a pause, and writing off. */
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

    @Inject
    Concessions concessions;

    @Inject
    ConcessionWords said;

    private final UUID wish = UUID.randomUUID();
    private @Nullable BigDecimal amount;
    private Ground ground = Ground.INSOLVENT;
    private String note = "";
    private String until = "";
    private String reason = "";
    private transient @Nullable List<Outlook> outlooks;
    private transient @Nullable List<Done> history;

    /** Looks at the customer, if it may be seen. */
    public void open() {
        look(id -> {
            outlooks = dunning.of(id);
            history = dunning.history(id);
            amount = debtor().map(debt -> debt.balance().negated().amount()).orElse(null);
        });
    }

    /** What the customer owes, or a part of it, will not be paid. */
    public void writeOff() {
        var debt = debtor();
        if (debt.isEmpty()) {
            Visit.refuse("writeoff:amount", fmt.text("writeoff.none"));
            return;
        }
        var outcome = concessions.ask(new Wish(
                wish,
                debt.get().walletId(),
                Kind.WRITE_OFF,
                ground,
                Objects.requireNonNullElse(amount, BigDecimal.ZERO),
                note));
        if (outcome instanceof Outcome.Done) {
            Visit.go(here(), fmt.text("writeoff.done"));
        } else if (outcome instanceof Outcome.Waiting) {
            Visit.go("/staff/approval?id=" + wish, fmt.text("approval.waits"));
        } else {
            var field = outcome instanceof Outcome.Reason ? "writeoff:note" : "writeoff:amount";
            Visit.refuse(field, said.refusal(outcome));
        }
    }

    /** Whether there is something to write off, and the one who looks may. The use case asks again. */
    public boolean isToWriteOff() {
        return isManaged() && debtor().isPresent();
    }

    /** Why debts are written off. */
    public List<Ground> getGrounds() {
        return Ground.of(Kind.WRITE_OFF);
    }

    /** The wallet that owes something. */
    private Optional<Debt> debtor() {
        return getOutlooks().stream()
                .map(Outlook::debt)
                .filter(debt -> debt.balance().isNegative())
                .findFirst();
    }

    /** The currency of what is owed. */
    public String getCurrency() {
        return debtor().map(debt -> debt.balance().currency().getCurrencyCode()).orElse("");
    }

    public @Nullable BigDecimal getAmount() {
        return amount;
    }

    public void setAmount(@Nullable BigDecimal amount) {
        this.amount = amount;
    }

    public Ground getGround() {
        return ground;
    }

    /** A form that leaves it out means what is there. */
    public void setGround(@Nullable Ground ground) {
        if (ground != null) {
            this.ground = ground;
        }
    }

    public String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = Objects.requireNonNullElse(note, "");
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
        return DateText.day(until);
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
