package io.tenantry.web.layout;

import io.tenantry.config.Settings;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/**
 * Texts about links and invitations that are emailed. Without a mail server nothing is sent, and emails keep no usable link, so each of these
 * texts has a second one that says so.
 */
@RequestScoped
@Named
public class MailTexts {
    private static final String UNMAILED = ".unmailed";

    @Inject
    Settings settings;

    @Inject
    Format format;

    /** Returns the key of the text that is true with the server's settings. */
    public String key(String text) {
        return settings.mailHost().isEmpty() ? text + UNMAILED : text;
    }

    /** Returns the true text. */
    public String text(String key) {
        return format.text(key(key));
    }

    /** Returns the true text with one fact. */
    public String text(String key, Object fact) {
        return format.text(key(key), fact);
    }
}
