package io.tenantry.cloud.addon;

import io.tenantry.kernel.money.Money;
import java.util.UUID;

/** The outcome of a request concerning an add-on. */
public sealed interface AddonOutcome {
    /** Recorded and starting immediately; or recorded before, and not done twice. */
    record Done(UUID optionId) implements AddonOutcome {}

    /** The name is not 1 to 40 letters, digits, spaces, dots, hyphens and underscores. */
    record BadName() implements AddonOutcome {}

    /** The size of the volume is out of range, or smaller than it is now. */
    record BadSize(int min, int max) implements AddonOutcome {}

    /** The reseller currently sells nothing new: its debt to the platform has reached the limit. */
    record NotSelling() implements AddonOutcome {}

    /** The reseller does not offer it at present. */
    record NotOffered() implements AddonOutcome {}

    /** The price has changed since it was shown. */
    record PriceChanged() implements AddonOutcome {}

    /** The server is not running, or its provider does not support it. */
    record NotSupported() implements AddonOutcome {}

    /** Staff have suspended the server; only deletion is possible. */
    record Suspended() implements AddonOutcome {}

    /** The deletion lock of the server is set, and the request would delete data of it. */
    record Locked() implements AddonOutcome {}

    /** The wallet cannot be used at present, or has another currency. */
    record NoWallet() implements AddonOutcome {}

    /** The wallet's spendable amount is below the cost of the first hours. */
    record InsufficientFunds(Money missing) implements AddonOutcome {}

    /** The organization has reached the maximum number. */
    record TooMany(int max) implements AddonOutcome {}

    /** The provider takes snapshots of a server only while its backups are on. */
    record NeedsBackups() implements AddonOutcome {}

    /** The provider keeps one at a time, and there is one already. */
    record LimitReached() implements AddonOutcome {}

    /** Another operation is in progress, or the state does not allow it. */
    record Busy() implements AddonOutcome {}
}
