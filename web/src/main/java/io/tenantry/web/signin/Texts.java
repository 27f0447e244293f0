package io.tenantry.web.signin;

import jakarta.faces.context.FacesContext;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.ResourceBundle;

/** This package's texts in the language of the view. */
final class Texts {
    static final String BUNDLE = "io.tenantry.web.signin.Texts";

    private Texts() {}

    /** The text of the key with its values. */
    static String of(String key, Object... values) {
        var locale = FacesContext.getCurrentInstance().getViewRoot().getLocale();
        return of(locale, key, values);
    }

    static String of(Locale locale, String key, Object... values) {
        var pattern = ResourceBundle.getBundle(
                        BUNDLE,
                        locale,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
        return new MessageFormat(pattern, locale).format(values);
    }

    /** A waiting time in words, rounded up: seconds below a minute, else minutes. */
    static String span(Duration time) {
        return span(FacesContext.getCurrentInstance().getViewRoot().getLocale(), time);
    }

    static String span(Locale locale, Duration time) {
        long seconds = Math.max(1, time.toSeconds());
        return seconds < 60 ? of(locale, "seconds", seconds) : of(locale, "minutes", (seconds + 59) / 60);
    }
}
