package io.tenantry.billing.invoicing;

import io.tenantry.billing.invoicing.InvoiceReferences.Reference;
import io.tenantry.billing.invoicing.Invoicing.Line;
import io.tenantry.kernel.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Explanation of a document line.
 *
 * @param organization its name
 * @param line as on the document, or as it would be on the next one
 * @param document the document that contains it; empty if there is none yet
 * @param thing the service or add-on charged
 * @param buyer the organization's tax data at the time when the line's tax was determined
 * @param hours for a line for hours
 * @param entry for any other line
 */
public record LineBreakdown(
        UUID organizationId,
        String organization,
        Line line,
        Optional<ResourceStatus> document,
        Optional<BilledResource> thing,
        Buyer buyer,
        Optional<Hours> hours,
        Optional<Entry> entry) {

    /** Position of the line on a document. */
    public record ResourceStatus(Reference document, int position) {}

    /**
     * The service or add-on charged.
     *
     * @param kind {@code SERVER}, or the kind of the add-on
     * @param serviceId the server, or the one that the add-on belongs to
     * @param orderedBy who ordered it; empty if that is no longer known
     */
    public record BilledResource(UUID id, String kind, UUID serviceId, Instant orderedAt, String orderedBy) {}

    /**
     * The organization's data at that time.
     *
     * @param country its country, optionally with a region after a dash
     * @param vatNumber empty if it had entered none
     * @param status {@code CONSUMER} until another status is proven
     * @param evidence the proof of the status; empty for a consumer
     * @param since the start of the status
     */
    public record Buyer(String country, String vatNumber, String status, String evidence, Optional<Instant> since) {}

    /**
     * Hours at one price within one calendar month.
     *
     * @param isRunning whether more hours may follow
     * @param monthCap the maximum cost of the item in that month
     * @param cap what was left of that when these hours started
     * @param price the price that was accepted
     * @param days the days on which they were charged to the wallet, in order
     */
    public record Hours(boolean isRunning, Money monthCap, Money cap, Price price, List<Day> days) {
        public Hours {
            days = List.copyOf(days);
        }

        /** The cost of the month before these hours. */
        public Money spentBefore() {
            return monthCap.minus(cap);
        }

        /** The number of hours covered by charges; once the monthly cap was reached, further hours need no charge. */
        public int explained() {
            return days.stream().mapToInt(Day::hours).sum();
        }
    }

    /**
     * A published price.
     *
     * @param planId of a plan; empty for an add-on
     * @param made who published it and the wholesale price, if the user may see the plans
     */
    public record Price(
            Optional<UUID> planId, int version, Money monthly, Instant validFrom, Optional<PriceInternals> made) {}

    /** Details of a price that are only visible to the reseller. */
    public record PriceInternals(String by, Instant at, Money wholesale) {}

    /**
     * Charges on a day in the reseller's time zone.
     *
     * @param entries the number of journal entries
     * @param amount according to the price, as on the document
     */
    public record Day(LocalDate date, int hours, int entries, Money amount) {}

    /**
     * A journal entry.
     *
     * @param about what it relates to, as far as that is recorded
     */
    public record Entry(long id, Instant at, String actor, String reason, Optional<EntrySubject> about) {}

    /** Subject of an entry. */
    public sealed interface EntrySubject {}

    /**
     * A transfer bill.
     *
     * @param perGib the price of a gibibyte
     */
    public record Transfer(
            Instant from,
            Instant to,
            long usedBytes,
            long includedBytes,
            long overBytes,
            long prepaidBytes,
            Money perGib)
            implements EntrySubject {}

    /**
     * A transfer pack.
     *
     * @param expiresAt empty if it is valid until it is used up
     */
    public record Pack(long bytes, String boughtBy, Optional<Instant> expiresAt) implements EntrySubject {}

    /**
     * Something that was charged but missing at its provider.
     *
     * @param isOption whether it was an add-on
     * @param since when it was last seen
     */
    public record MissingResource(UUID discrepancyId, boolean isOption, Instant since) implements EntrySubject {}

    /** A dunning step: the overdue amount at that time. */
    public record LateFeeOrigin(int nth, Money missing) implements EntrySubject {}

    /** A line of another document that this one corrects. */
    public record CorrectedLine(Reference document, int position, LineSource origin) implements EntrySubject {}
}
