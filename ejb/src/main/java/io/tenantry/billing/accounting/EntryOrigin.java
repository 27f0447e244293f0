package io.tenantry.billing.accounting;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** What entries of the journal come from, by how their sources begin. */
public enum EntryOrigin {
    /** Hours that were charged by a run. */
    RUN("run:"),
    /** What changes, ends and taxes of services and wallets made of hours in progress. */
    SERVICE("service:", "wallet:"),
    /** Money moved by staff, or come in by bank. */
    MANUAL("manual"),
    /** Transfer beyond what was included, and packs of it. */
    TRANSFER("transfer:", "transfer-pack:"),
    /** What was given back because it was not there. */
    FINDING("finding:", "option-finding:"),
    CREDIT_NOTE("credit-note:"),
    DEBIT_NOTE("debit-note:"),
    /** What was taxed anew before it was on a document. */
    RETAX("retax:"),
    /** Debts that will not be paid. */
    WRITE_OFF("write-off"),
    /** What rounding made of documents. */
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

    /** Where an entry of that source comes from. */
    public static EntryOrigin of(String source) {
        return Arrays.stream(values())
                .filter(entryOrigin -> entryOrigin.beginnings().anyMatch(source::startsWith))
                .findFirst()
                .orElse(OTHER);
    }

    /** The one of that name, in letters of any size. */
    public static Optional<EntryOrigin> named(String name) {
        return Arrays.stream(values())
                .filter(entryOrigin -> entryOrigin.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Patterns of the sources that are meant, or that are not if it is {@link #OTHER}. */
    String[] patterns() {
        var known = this == OTHER ? Arrays.stream(values()).flatMap(EntryOrigin::beginnings) : beginnings();
        return known.map(one -> one + "%").toArray(String[]::new);
    }
}
