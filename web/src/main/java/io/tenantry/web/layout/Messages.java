package io.tenantry.web.layout;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the pages in one language.
 *
 * <p>A text with a count has a form for none, for one and for several: {@code {0,choice,0#0 servers|1#1 server|1<{0} servers}}. Callers pass the
 * number itself, which {@code CountedTextsTest} checks as far as the sources show it. {@link MessageFormat} throws for anything else; since a
 * word in the wrong form is a smaller fault than a page that cannot be read, a formatted number is parsed here, and any other argument takes the
 * form for several.
 */
public final class Messages {
    private static final Pattern CHOICE = Pattern.compile("\\{(\\d),choice,((?:[^{}]|\\{\\d\\})*)\\}");
    private static final String ABOVE_ONE = "1<";

    private final Locale locale;
    private final ResourceBundle bundle;

    /** Loads the texts of a language; those in English if there are none. */
    public Messages(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(
                PageTexts.class.getName(),
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_CLASS));
    }

    /** Returns the text of a key, with {0}, {1} replaced by arguments in the language's format. */
    public String text(String key, Object... facts) {
        var text = bundle.getString(key);
        return facts.length == 0 ? text : filled(text, facts);
    }

    /** Returns the text of a key, if there is one, else the fallback. */
    public String textOr(String key, String fallback) {
        return bundle.containsKey(key) ? bundle.getString(key) : fallback;
    }

    String filled(String text, @Nullable Object... facts) {
        var numbers = facts.clone();
        var pattern = CHOICE.matcher(text).replaceAll(choice -> {
            var argument = Integer.parseInt(choice.group(1));
            if (argument < facts.length && !(facts[argument] instanceof Number)) {
                var number = number(facts[argument]);
                if (number.isEmpty()) {
                    return Matcher.quoteReplacement(severalForm(choice));
                }
                numbers[argument] = number.get();
            }
            return Matcher.quoteReplacement(choice.group());
        });
        return new MessageFormat(pattern, locale).format(numbers);
    }

    private Optional<Number> number(@Nullable Object fact) {
        var text = String.valueOf(fact);
        var end = new ParsePosition(0);
        var number = NumberFormat.getInstance(locale).parse(text, end);
        return Optional.ofNullable(number).filter(parsed -> end.getIndex() == text.length());
    }

    /** Returns the form whose numbers are above one. */
    private static String severalForm(MatchResult choice) {
        return Arrays.stream(choice.group(2).split("[|]", -1))
                .filter(form -> form.startsWith(ABOVE_ONE))
                .findFirst()
                .map(form -> form.substring(ABOVE_ONE.length()))
                .orElse("");
    }
}
