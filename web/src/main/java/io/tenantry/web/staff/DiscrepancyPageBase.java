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
 * The base of the discrepancy pages, for all kinds: viewing one, dismissing it with a reason or reopening it, deciding, and showing the
 * outcome.
 *
 * @param <F> the type of discrepancy
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
    private transient @Nullable F discrepancy;

    /**
     * The address of the page, and the use cases that it calls.
     *
     * @param <F> the type of discrepancy
     */
    record Calls<F>(
            String page,
            Function<UUID, F> read,
            BiFunction<UUID, String, ResolutionOutcome> dismiss,
            Function<UUID, ResolutionOutcome> takeUp) {}

    /** Returns the calls of this page. */
    abstract Calls<F> calls();

    /** Loads the discrepancy, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            id = PageResult.id("finding", parameter);
            getDiscrepancy();
        });
    }

    /** Dismisses the discrepancy as acceptable. */
    public void dismiss() {
        if (reason.isBlank()) {
            PageResult.refuse("dismiss:reason", format.text("discrepancy.reason.missing"));
            return;
        }
        showOutcome(calls().dismiss().apply(known(), reason), "discrepancy.dismissed");
    }

    /** Reopens the dismissed discrepancy. */
    public void takeUp() {
        showOutcome(calls().takeUp().apply(known()), "discrepancy.reopened");
    }

    public F getDiscrepancy() {
        var seen = discrepancy;
        if (seen == null) {
            seen = calls().read().apply(known());
            discrepancy = seen;
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

    /** Redirects to the page, and shows whether it was done. */
    void showOutcome(ResolutionOutcome resolutionOutcome, String done) {
        comeBack(format.text(resolutionOutcome == ResolutionOutcome.DONE ? done : "discrepancy.too-late"));
    }

    /** Redirects to the page, and shows the refunded amount, if any. */
    void showOutcome(Optional<Money> given, String done, String nothing) {
        comeBack(given.map(amount -> format.text(done, format.money(amount, true, false)))
                .orElseGet(() -> format.text(nothing)));
    }

    /** Returns the id of the discrepancy. */
    UUID known() {
        return PageResult.opened(id);
    }

    private void comeBack(String message) {
        PageResult.go(calls().page() + "?id=" + known(), message);
    }
}
