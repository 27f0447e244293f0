package io.tenantry.web.staff;

import io.tenantry.cloud.reconciliation.discrepancy.ResolutionOutcome;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the pages of findings have in common, whatever differs at the vendor: one looks at it, says why it may be so or that it may not be so
 * after all, decides, and reads what came of that.
 *
 * @param <F> what was found
 */
public abstract class DiscrepancyPageBase<F> implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    Format format;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private String reason = "";
    private transient @Nullable F finding;

    /**
     * Where the page is, and the use cases that it calls.
     *
     * @param <F> what was found
     */
    record Calls<F>(
            String page,
            Function<UUID, F> read,
            BiFunction<UUID, String, ResolutionOutcome> dismiss,
            Function<UUID, ResolutionOutcome> takeUp) {}

    /** Those of this page. */
    abstract Calls<F> calls();

    /** Looks at it, if it may be seen. */
    public void open() {
        PageResult.look(() -> {
            id = PageResult.id("finding", parameter);
            getFinding();
        });
    }

    /** It may be so. */
    public void dismiss() {
        if (reason.isBlank()) {
            PageResult.refuse("dismiss:reason", format.text("discrepancy.reason.missing"));
            return;
        }
        say(calls().dismiss().apply(known(), reason), "discrepancy.dismissed");
    }

    /** It may not be so after all. */
    public void takeUp() {
        say(calls().takeUp().apply(known()), "discrepancy.taken-up");
    }

    public F getFinding() {
        var seen = finding;
        if (seen == null) {
            seen = calls().read().apply(known());
            finding = seen;
        }
        return seen;
    }

    public boolean isManaged() {
        return me.may(Permission.STAFF_SERVICES_MANAGE);
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "").strip();
    }

    /** Comes back, and says whether it was done. */
    void say(ResolutionOutcome resolutionOutcome, String done) {
        comeBack(format.text(resolutionOutcome == ResolutionOutcome.DONE ? done : "discrepancy.too-late"));
    }

    /** Comes back, and says how much was given back, if anything was. */
    void say(Optional<Money> given, String done, String nothing) {
        comeBack(given.map(amount -> format.text(done, format.money(amount, true, false)))
                .orElseGet(() -> format.text(nothing)));
    }

    /** Which it is. */
    UUID known() {
        return PageResult.opened(id);
    }

    private void comeBack(String said) {
        PageResult.go(calls().page() + "?id=" + known(), said);
    }
}
