package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages say about emailed links and invitations, with and without a mail server. */
class MailTextsTest {
    /** Texts that say that somebody gets, or got, a link or an invitation. */
    private static final Pattern CLAIM = Pattern.compile(
            "(?i)(invitation|link)( to [a-z ]+)? (was |is )?(sent|emailed)|sen[dt] you a link|receives? (a link|an email|links)");

    /** Of what happened while there was a mail server, and of links that are not emailed. */
    private static final Set<String> OTHERS = Set.of(
            "notification.owner-link-sent",
            "mail.template.OWNER_LINK_SENT",
            "invite.text.operators",
            "trail.action.tenant.owner_link_sent");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "staff.empty.text",
                "customer.first.text",
                "invite.text",
                "invite.text.staff",
                "invite.text.customer",
                "team.invited",
                "team.invited.person",
                "team.invited.colleague",
                "team.link-sent",
                "team.done.unlocked",
                "ask.link.text",
                "ask.unlock.text",
                "mail.forgot.text",
                "mail.forgot.asked.text"
            })
    void withoutMailServerNothingIsSaidToBeSent(String key) {
        assertThat(text("", key, Locale.ENGLISH)).containsIgnoringCase("no mail server is configured");
        assertThat(text("", key, Locale.GERMAN)).contains("kein Mailserver konfiguriert");
        assertThat(text("smtp.example", key, Locale.ENGLISH)).doesNotContainIgnoringCase("no mail server");
    }

    @Test
    void everyTextThatSaysSoHasAnotherWithoutMailServer() {
        var texts = ResourceBundle.getBundle(PageTexts.class.getName(), Locale.ENGLISH);
        var keys = Collections.list(texts.getKeys());
        var claims = keys.stream()
                .filter(key -> !key.endsWith(".unmailed") && !OTHERS.contains(key))
                .filter(key -> CLAIM.matcher(texts.getString(key)).find())
                .toList();
        assertThat(claims).contains("team.invited", "team.done.unlocked", "tenants.owners.sent", "invite.text.staff");
        assertThat(keys)
                .containsAll(claims.stream().map(key -> key + ".unmailed").toList());
    }

    @Test
    void withMailServerInvitationIsSent() {
        assertThat(text("smtp.example", "team.invited", Locale.ENGLISH))
                .isEqualTo("Invitation sent to nina@shop.example.");
    }

    private static String text(String mailHost, String key, Locale locale) {
        var mailTexts = new MailTexts();
        mailTexts.settings = new Settings(Map.of("tenantry.mail.host", mailHost)::get, name -> null);
        return new Messages(locale).text(mailTexts.key(key), "nina@shop.example");
    }
}
