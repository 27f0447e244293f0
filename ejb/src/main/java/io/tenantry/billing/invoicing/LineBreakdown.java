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
 * Why a line of a document is what it is.
 *
 * @param organization its name
 * @param line as the document has it, or the next one would
 * @param document on which it stands; empty as long as it is on none
 * @param thing the service or option that it is for
 * @param buyer what the organization was to the tax when it was decided how the line is taxed
 * @param hours if it is of hours
 * @param entry if it is of anything else
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

    /** Where it stands. */
    public record ResourceStatus(Reference document, int position) {}

    /**
     * What it is for.
     *
     * @param kind {@code SERVER}, or the kind of the option
     * @param serviceId the server, or that which the option is of
     * @param orderedBy who ordered it; empty if that is not known any more
     */
    public record BilledResource(UUID id, String kind, UUID serviceId, Instant orderedAt, String orderedBy) {}

    /**
     * The organization, as it was known then.
     *
     * @param country its country, and a region of it after a dash
     * @param vatNumber empty if it had said none
     * @param status {@code CONSUMER} as long as nothing else is proven
     * @param evidence what proves the status; empty for a consumer
     * @param since from when on it was so
     */
    public record Buyer(String country, String vatNumber, String status, String evidence, Optional<Instant> since) {}

    /**
     * Hours at one price within one calendar month.
     *
     * @param isRunning whether more hours may come
     * @param monthCap the most that the thing costs in that month
     * @param cap what was left of that when these hours began
     * @param price the price that was accepted
     * @param days when they were taken from the wallet, the first day first
     */
    public record Hours(boolean isRunning, Money monthCap, Money cap, Price price, List<Day> days) {
        public Hours {
            days = List.copyOf(days);
        }

        /** What the month had cost before. */
        public Money spentBefore() {
            return monthCap.minus(cap);
        }

        /** How many hours were told by charges; after the month's price was reached there need be none. */
        public int told() {
            return days.stream().mapToInt(Day::hours).sum();
        }
    }

    /**
     * A published price.
     *
     * @param planId of a plan; empty for an option
     * @param made by whom it was published and what the reseller pays for it, for who may see the plans
     */
    public record Price(Optional<UUID> planId, int version, Money monthly, Instant validFrom, Optional<Made> made) {}

    /** What only the reseller knows of a price. */
    public record Made(String by, Instant at, Money wholesale) {}

    /**
     * What was taken on a day of the reseller's zone.
     *
     * @param entries of the journal
     * @param amount by the price, as on the document
     */
    public record Day(LocalDate date, int hours, int entries, Money amount) {}

    /**
     * An entry of the journal.
     *
     * @param about what it belongs to, as far as that is kept
     */
    public record Entry(long id, Instant at, String actor, String reason, Optional<About> about) {}

    /** What an entry belongs to. */
    public sealed interface About {}

    /**
     * A bill of transfer.
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
            implements About {}

    /**
     * A pack of transfer.
     *
     * @param expiresAt empty if it counts until it is used up
     */
    public record Pack(long bytes, String boughtBy, Optional<Instant> expiresAt) implements About {}

    /**
     * Something that was charged for and was not at its vendor.
     *
     * @param isOption whether it was something beside a server
     * @param since when it was seen last
     */
    public record Missing(UUID findingId, boolean isOption, Instant since) implements About {}

    /** A step against who does not pay: what was missing then. */
    public record LateFeeOrigin(int nth, Money missing) implements About {}

    /** A line of another document that this one corrects. */
    public record Corrected(Reference document, int position, LineSource origin) implements About {}
}
