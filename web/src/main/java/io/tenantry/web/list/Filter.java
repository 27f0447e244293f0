package io.tenantry.web.list;

import java.util.List;
import java.util.Optional;

/**
 * A filter of a list.
 *
 * @param name the name of its parameter in the address
 * @param label the message key of its label
 * @param defaultValue the text for the state without a choice
 * @param choices the choices
 * @param isDay whether a day is entered instead
 */
public record Filter(String name, String label, String defaultValue, List<Choice> choices, boolean isDay) {
    /** Creates a filter with choices. */
    public Filter(String name, String label, String defaultValue, List<Choice> choices) {
        this(name, label, defaultValue, choices, false);
    }

    /** A value and its label. */
    public record Choice(String value, String label) {}

    /** Creates a filter with a day, such as the first one to show. */
    public static Filter day(String name, String label) {
        return new Filter(name, label, "", List.of(), true);
    }

    /** Returns the label of a value, if it is one of the choices. */
    Optional<String> wordsOf(String value) {
        return choices.stream()
                .filter(choice -> choice.value().equals(value))
                .map(Choice::label)
                .findFirst();
    }
}
