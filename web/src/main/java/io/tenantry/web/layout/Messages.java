package io.tenantry.web.layout;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The texts of the pages in one language. */
public final class Messages {
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
        return facts.length == 0 ? text : new MessageFormat(text, locale).format(facts);
    }

    /** Returns the text of a key, if there is one, else the fallback. */
    public String textOr(String key, String fallback) {
        return bundle.containsKey(key) ? bundle.getString(key) : fallback;
    }
}
