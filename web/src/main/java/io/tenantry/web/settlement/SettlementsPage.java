package io.tenantry.web.settlement;

import io.tenantry.identity.NotVisible;
import io.tenantry.money.Money;
import io.tenantry.settlement.SettlementBooks;
import io.tenantry.settlement.SettlementBooks.Head;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import io.tenantry.text.DateText;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
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

/** Where a reseller stands with the platform, and its margin of any months: of the own to its staff, of the one that is named to operators. */
@Named
@RequestScoped
public class SettlementsPage {
    private static final int MONTHS_SHOWN = 12;
    private static final int MONTHS_MAX = 120;

    @Inject
    SettlementBooks books;

    @Inject
    Clock clock;

    @Inject
    Fmt fmt;

    private @Nullable String slug;
    private @Nullable String from;
    private @Nullable String to;
    private SettlementBooks.@Nullable Standing standing;
    private @Nullable List<Head> months;

    /** Looks at it, if it may be seen. */
    public void open() {
        Visit.look(() -> standing = books.standing(whose(), now()));
    }

    private YearMonth now() {
        return YearMonth.from(clock.instant().atZone(fmt.zoneOfBooks()));
    }

    private TenantId whose() {
        try {
            return Tenancy.scope().tenant().orElseGet(() -> new TenantId(named()));
        } catch (IllegalArgumentException malformed) {
            throw new NotVisible("reseller", String.valueOf(slug));
        }
    }

    /** Whose account it is; forms of the page ask before the view's parameters are set. */
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

    public SettlementBooks.Standing getStanding() {
        var known = standing;
        if (known == null) {
            known = books.standing(whose(), now());
            standing = known;
        }
        return known;
    }

    /** The settlements of the months that are looked at. */
    public List<Head> getMonths() {
        var known = months;
        if (known == null) {
            known = books.months(whose(), getFirst(), getLast());
            months = known;
        }
        return known;
    }

    /** The first month; not so far back that it would be a list without end. */
    public YearMonth getFirst() {
        var first = month(from).orElseGet(() -> getLast().minusMonths(MONTHS_SHOWN - 1L));
        var earliest = getLast().minusMonths(MONTHS_MAX);
        return first.isBefore(earliest) ? earliest : first;
    }

    public YearMonth getLast() {
        return month(to).orElseGet(this::now);
    }

    /** What is owed to the platform, or below zero what is held there. */
    public Money getOwed() {
        return getStanding()
                .account()
                .map(account -> account.balance().negated())
                .orElseGet(() -> Money.zero(getStanding().tenant().currency()));
    }

    public Money getRevenue() {
        return sum(Head::revenue);
    }

    public Money getWholesale() {
        return sum(Head::wholesale);
    }

    public Money getFees() {
        return sum(Head::fees);
    }

    public Money getTotal() {
        return sum(Head::total);
    }

    public Money getMargin() {
        return sum(Head::margin);
    }

    private Money sum(Function<Head, Money> part) {
        return getMonths().stream()
                .map(part)
                .reduce(Money.zero(getStanding().tenant().currency()), Money::plus);
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
