package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.AccountStatements;
import io.tenantry.people.identity.Organizations;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.portal.CurrentOrganization;
import io.tenantry.web.portal.DateRange;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A statement of account: of the named organization, else of the member's current one; of the previous month, if no period is named. */
@Named
@RequestScoped
public class AccountStatementPage {
    @Inject
    CurrentOrganization current;

    @Inject
    Organizations organizations;

    @Inject
    AccountStatements accountStatements;

    @Inject
    Clock clock;

    @Inject
    Format format;

    private @Nullable String organization;
    private @Nullable String from;
    private @Nullable String to;
    private @Nullable LocalDate first;
    private @Nullable LocalDate last;
    private AccountStatements.@Nullable Account account;
    private String name = "";

    /** Loads the statement, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var dateRange = days();
            var owner = organization == null ? current.getId() : PageResult.id("organization", organization);
            account = accountStatements.of(owner, dateRange.in(format.zoneOfBooks()));
            name = organization == null
                    ? current.getName()
                    : organizations.one(owner).name();
        });
    }

    /**
     * Returns the requested period, by default the previous month; up to today if only the first day is given, and from the beginning of the
     * month if only the last is. The days are swapped if the last is before the first.
     */
    private DateRange days() {
        var today = LocalDate.ofInstant(clock.instant(), format.zoneOfBooks());
        var month = YearMonth.from(today).minusMonths(1);
        var asked = DateRange.of(from, to);
        var start = asked.from()
                .orElseGet(() -> asked.to().map(YearMonth::from).orElse(month).atDay(1));
        var end = asked.to().orElseGet(() -> asked.from().isPresent() ? today : month.atEndOfMonth());
        first = end.isBefore(start) ? end : start;
        last = end.isBefore(start) ? start : end;
        return DateRange.of(getFirst().toString(), getLast().toString());
    }

    public LocalDate getFirst() {
        return Objects.requireNonNull(first);
    }

    public LocalDate getLast() {
        return Objects.requireNonNull(last);
    }

    public AccountStatements.Account getAccount() {
        return Objects.requireNonNull(account);
    }

    public String getName() {
        return name;
    }

    /** Returns the address of the details as a file. */
    public String particulars(String path, UUID wallet) {
        return path + "?wallet=" + wallet + "&from=" + getFirst() + "&to=" + getLast();
    }

    public @Nullable String getOrganization() {
        return organization;
    }

    public void setOrganization(@Nullable String organization) {
        this.organization = organization;
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
