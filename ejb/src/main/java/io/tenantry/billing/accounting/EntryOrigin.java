package io.tenantry.billing.accounting;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Origin of journal entries, determined by the prefix of their source. */
public enum EntryOrigin {
    /** Hours charged by a run. */
    RUN("run:"),
    /** Charges for hours in progress, caused by changes, terminations and tax changes of services and wallets. */
    SERVICE("service:", "wallet:"),
    /** Money moved by staff or received by bank transfer. */
    MANUAL("manual"),
    /** Transfer beyond the included amount, and transfer packs. */
    TRANSFER("transfer:", "transfer-pack:"),
    /** Refunds for servers and add-ons that were missing at the provider. */
    OUTAGE_CREDIT("discrepancy:", "addon-discrepancy:"),
    CREDIT_NOTE("credit-note:"),
    DEBIT_NOTE("debit-note:"),
    /** Charges whose tax was recalculated before they appeared on a document. */
    TAX_CORRECTION("tax-correction:"),
    /** Debts that have been written off. */
    WRITE_OFF("write-off"),
    /** Rounding differences of documents. */
    ROUNDING("invoice-rounding"),
    /** Anything else. */
    OTHER;

    private final String beginning;
    private final String another;

    EntryOrigin() {
        this("", "");
    }

    EntryOrigin(String beginning) {
        this(beginning, "");
    }

    EntryOrigin(String beginning, String another) {
        this.beginning = beginning;
        this.another = another;
    }

    private Stream<String> beginnings() {
        return Stream.of(beginning, another).filter(one -> !one.isEmpty());
    }

    /** Returns the origin of an entry with this source. */
    public static EntryOrigin of(String source) {
        return Arrays.stream(values())
                .filter(entryOrigin -> entryOrigin.beginnings().anyMatch(source::startsWith))
                .findFirst()
                .orElse(OTHER);
    }

    /** Returns the origin with this name, ignoring case. */
    public static Optional<EntryOrigin> named(String name) {
        return Arrays.stream(values())
                .filter(entryOrigin -> entryOrigin.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Patterns of the sources of this origin; for {@link #OTHER}, patterns of the sources to exclude. */
    String[] patterns() {
        var known = this == OTHER ? Arrays.stream(values()).flatMap(EntryOrigin::beginnings) : beginnings();
        return known.map(one -> one + "%").toArray(String[]::new);
    }
}
