package io.tenantry.cloud.addon;

import io.tenantry.kernel.money.Money;
import java.util.UUID;

/** How it ended when something was asked for about an option. */
public sealed interface AddonOutcome {
    /** It is written down and begins at once; or it was before, and is not done twice. */
    record Done(UUID optionId) implements AddonOutcome {}

    /** A name is 1 to 40 letters, digits, spaces, dots, hyphens and underscores. */
    record BadName() implements AddonOutcome {}

    /** A volume has that many gibibytes, and never becomes smaller. */
    record BadSize(int min, int max) implements AddonOutcome {}

    /** The reseller sells nothing new at present: it owes the platform as much as it may. */
    record NotSelling() implements AddonOutcome {}

    /** The reseller does not offer it now. */
    record NotOffered() implements AddonOutcome {}

    /** It costs something else by now than what was shown. */
    record PriceChanged() implements AddonOutcome {}

    /** The server does not run, or where it is there is nothing of the kind. */
    record NotSupported() implements AddonOutcome {}

    /** Staff have suspended the server: nothing more is done with it, but to delete. */
    record Suspended() implements AddonOutcome {}

    /** The wallet may not be used at present, or is in another currency. */
    record NoWallet() implements AddonOutcome {}

    /** The wallet may spend less than the first hours cost. */
    record InsufficientFunds(Money missing) implements AddonOutcome {}

    /** The organization has as many as it may. */
    record TooMany(int max) implements AddonOutcome {}

    /** Its vendor copies a server when asked only while its backups are on. */
    record NeedsBackups() implements AddonOutcome {}

    /** Its vendor keeps one at a time, and there is one. */
    record LimitReached() implements AddonOutcome {}

    /** Something else is being done about it, or it is not in a state for that. */
    record Busy() implements AddonOutcome {}
}
