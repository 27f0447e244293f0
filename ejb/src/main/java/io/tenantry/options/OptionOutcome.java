package io.tenantry.options;

import io.tenantry.money.Money;
import java.util.UUID;

/** How it ended when something was asked for about an option. */
public sealed interface OptionOutcome {
    /** It is written down and begins at once; or it was before, and is not done twice. */
    record Done(UUID optionId) implements OptionOutcome {}

    /** A name is 1 to 40 letters, digits, spaces, dots, hyphens and underscores. */
    record BadName() implements OptionOutcome {}

    /** A volume has that many gibibytes, and never becomes smaller. */
    record BadSize(int min, int max) implements OptionOutcome {}

    /** The reseller sells nothing new at present: it owes the platform as much as it may. */
    record NotSelling() implements OptionOutcome {}

    /** The reseller does not offer it now. */
    record NotOffered() implements OptionOutcome {}

    /** It costs something else by now than what was shown. */
    record PriceChanged() implements OptionOutcome {}

    /** The server does not run, or where it is there is nothing of the kind. */
    record NotThere() implements OptionOutcome {}

    /** Staff have suspended the server: nothing more is done with it, but to delete. */
    record Suspended() implements OptionOutcome {}

    /** The wallet may not be used at present, or is in another currency. */
    record NoWallet() implements OptionOutcome {}

    /** The wallet may spend less than the first hours cost. */
    record TooLittle(Money missing) implements OptionOutcome {}

    /** The organization has as many as it may. */
    record TooMany(int max) implements OptionOutcome {}

    /** Its vendor copies a server when asked only while its backups are on. */
    record NeedsBackups() implements OptionOutcome {}

    /** Its vendor keeps one at a time, and there is one. */
    record SlotTaken() implements OptionOutcome {}

    /** Something else is being done about it, or it is not in a state for that. */
    record Busy() implements OptionOutcome {}
}
