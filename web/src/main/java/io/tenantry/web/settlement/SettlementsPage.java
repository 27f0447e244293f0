package io.tenantry.web.settlement;

import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.settlement.ResellerAccountQuery;
import io.tenantry.settlement.ResellerAccountQuery.AccountStatus;
import io.tenantry.settlement.SettlementQuery;
import io.tenantry.settlement.SettlementQuery.SettlementSummary;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import io.tenantry.text.DateText;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A reseller's account with the platform, and its margin in the selected months: for its own staff, and for operators who name the reseller.
 */
@Named
@RequestScoped
public class SettlementsPage {
    private static final int MONTHS_SHOWN = 12;
    private static final int MONTHS_MAX = 120;

    @Inject
    SettlementQuery settlementQuery;

    @Inject
    ResellerAccountQuery accounts;

    @Inject
    Clock clock;

    @Inject
    Format format;

    private @Nullable String slug;
    private @Nullable String from;
    private @Nullable String to;
    private @Nullable AccountStatus status;
    private @Nullable List<SettlementSummary> months;

    /** Loads the account, if the user may view it. */
    public void open() {
        PageResult.load(() -> status = accounts.status(owner(), now()));
    }

    private YearMonth now() {
        return YearMonth.from(clock.instant().atZone(format.zoneOfBooks()));
    }

    private TenantId owner() {
        try {
            return Tenancy.scope().tenant().orElseGet(() -> new TenantId(named()));
        } catch (IllegalArgumentException malformed) {
            throw new NotFoundException("reseller", String.valueOf(slug));
        }
    }

    /** Returns the slug of the reseller; forms of the page need it before the view's parameters are set. */
    private String named() {
        var known = slug;
        return known != null
                ? known
                : FacesContext.getCurrentInstance()
                        .getExternalContext()
                        .getRequestParameterMap()
                        .getOrDefault("slug", "");
    }

    private static Optional<YearMonth> month(@Nullable String text) {
        return Optional.ofNullable(text).flatMap(DateText::month);
    }

    public AccountStatus getStatus() {
        var known = status;
        if (known == null) {
            known = accounts.status(owner(), now());
            status = known;
        }
        return known;
    }

    /** Returns the settlements of the selected months. */
    public List<SettlementSummary> getMonths() {
        var known = months;
        if (known == null) {
            known = settlementQuery.months(owner(), getFirst(), getLast());
            months = known;
        }
        return known;
    }

    /** Returns the first month; limited, so that the list does not become too long. */
    public YearMonth getFirst() {
        var first = month(from).orElseGet(() -> getLast().minusMonths(MONTHS_SHOWN - 1L));
        var earliest = getLast().minusMonths(MONTHS_MAX);
        return first.isBefore(earliest) ? earliest : first;
    }

    public YearMonth getLast() {
        return month(to).orElseGet(this::now);
    }

    /** Returns the amount due to the platform; a negative amount is a credit balance. */
    public Money getOwed() {
        return getStatus()
                .account()
                .map(account -> account.balance().negated())
                .orElseGet(() -> Money.zero(getStatus().tenant().currency()));
    }

    public Money getRevenue() {
        return sum(SettlementSummary::revenue);
    }

    public Money getWholesale() {
        return sum(SettlementSummary::wholesale);
    }

    public Money getFees() {
        return sum(SettlementSummary::fees);
    }

    public Money getTotal() {
        return sum(SettlementSummary::total);
    }

    public Money getMargin() {
        return sum(SettlementSummary::margin);
    }

    private Money sum(Function<SettlementSummary, Money> part) {
        return getMonths().stream()
                .map(part)
                .reduce(Money.zero(getStatus().tenant().currency()), Money::plus);
    }

    public @Nullable String getSlug() {
        return slug;
    }

    public void setSlug(@Nullable String slug) {
        this.slug = slug;
    }

    public @Nullable String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = from;
    }

    public @Nullable String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = to;
    }
}
