package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.config.Settings;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BrandEditorTest {
    private static final TenantId TENANT = new TenantId("branded");
    private static final Actor SAM = new Actor(Actor.Kind.STAFF, UUID.randomUUID(), "Sam");
    private static final Brands BRANDS = new Brands();
    private static final BrandEditor EDITOR = new BrandEditor();
    private static final LegalTexts LEGAL = new LegalTexts();

    @BeforeAll
    static void prepare() throws ReflectiveOperationException {
        Database.tenant(TENANT, "EUR", "Europe/Berlin");
        var sql = new Sql(Database.runtime());
        var clock = Clock.fixed(Instant.parse("2026-11-22T09:00:00Z"), ZoneOffset.UTC);
        var audit = new AuditTrail();
        var field = AuditTrail.class.getDeclaredField("sql");
        field.setAccessible(true);
        field.set(audit, sql);
        BRANDS.sql = sql;
        BRANDS.clock = clock;
        EDITOR.sql = sql;
        EDITOR.access = new Access(sql);
        EDITOR.audit = audit;
        EDITOR.brands = BRANDS;
        EDITOR.tenants = new TenantDirectory(Database.administration());
        EDITOR.settings = new Settings(name -> null, name -> null);
        LEGAL.sql = sql;
        LEGAL.clock = clock;
        LEGAL.access = new Access(sql);
        LEGAL.audit = audit;
        Database.run(
                TENANT,
                () -> BRANDS.save(Brand.of("First", Colour.of("#4f46e5"), Colour.of("#0891b2"), Colour.of("#f59e0b"))));
    }

    @Test
    void publishesListsAndRestoresVersions() {
        var started = asSystem(EDITOR::current);
        var published =
                (BrandEditor.Outcome.Published) asSystem(() -> EDITOR.publish(draft("Second", "#b93815", started)));
        assertThat(published.version()).isEqualTo(started.version() + 1);
        var now = asSystem(EDITOR::current);
        assertThat(now.name()).isEqualTo("Second");
        assertThat(now.links()).containsExactly(new FooterLink("Status", "https://status.example"));
        assertThat(now.contact().email()).isEqualTo("help@second.example");

        var restored = (BrandEditor.Outcome.Published) asSystem(() -> EDITOR.restore(started.version()));
        assertThat(restored.version()).isEqualTo(published.version() + 1);
        assertThat(asSystem(EDITOR::current).name()).isEqualTo(started.name());
        assertThat(asSystem(EDITOR::history))
                .extracting(BrandEditor.Version::name)
                .startsWith(started.name(), "Second", started.name());
        assertThat(Database.texts(
                        "select action from t_branded.audit_record where subject_kind = 'brand' order by seq"))
                .contains("brand.published", "brand.restored");
    }

    @Test
    void acceptsOnlySenderAddressesOfOwnDomains() {
        var started = asSystem(EDITOR::current);
        for (var address : List.of("billing@aurora.example", "ceo@bank.example")) {
            assertThat(asSystem(() -> EDITOR.publish(draftWithSender(address, started))))
                    .isEqualTo(new BrandEditor.Outcome.Invalid(List.of(BrandDraft.Field.SENDER_DOMAIN)));
        }
        assertThat(asSystem(EDITOR::current).version()).isEqualTo(started.version());
        asSystem(() -> EDITOR.publish(draftWithSender("post@branded.example", started)));
        assertThat(asSystem(EDITOR::current).contact().senderAddress()).isEqualTo("post@branded.example");
    }

    @Test
    void storesPicturesOnlyInTheirOwnTable() {
        assertThat(Database.texts("select column_name from information_schema.columns"
                        + " where table_schema = 't_branded' and table_name = 'brand' and column_name like 'logo%'"))
                .containsExactlyInAnyOrder("logo_id", "logo_dark_id");
        assertThat(Database.texts("select count(*)::text from t_branded.brand_version where settings ? 'logo'"))
                .containsExactly("0");
    }

    @Test
    void refusesADraftOfAnEarlierVersion() {
        var started = asSystem(EDITOR::current);
        asSystem(() -> EDITOR.publish(draft("Faster", "#0b61a4", started)));
        assertThat(asSystem(() -> EDITOR.publish(draft("Slower", "#0b61a4", started))))
                .isEqualTo(new BrandEditor.Outcome.Outdated());
        assertThat(asSystem(EDITOR::current).name()).isEqualTo("Faster");
    }

    @Test
    void undoesAPublicationUnlessAnotherFollowed() {
        var started = asSystem(EDITOR::current);
        var hasty = (BrandEditor.Outcome.Published) asSystem(() -> EDITOR.publish(draft("Hasty", "#0b61a4", started)));
        var back = (BrandEditor.Outcome.Published) asSystem(() -> EDITOR.takeBack(hasty.version()));
        assertThat(asSystem(EDITOR::current).name()).isEqualTo(started.name());
        assertThat(asSystem(() -> EDITOR.takeBack(hasty.version()))).isEqualTo(new BrandEditor.Outcome.Outdated());
        assertThat(asSystem(EDITOR::current).version()).isEqualTo(back.version());
    }

    @Test
    void reportsEveryInvalidField() {
        var wrong = new BrandDraft(
                " ",
                "red",
                "#0891b2",
                "#12",
                "#5a7299",
                Font.SYSTEM,
                40,
                Density.COMPACT,
                SignInBackground.PICTURE,
                new Contact(
                        "nobody", "call me", "javascript:alert(1)", "", "A\r\nBcc: x@y.example", "a@b\n.example", "@"),
                List.of(new FooterLink("", "https://a.example")),
                BrandImages.NONE,
                1);
        assertThat(wrong.faults())
                .containsExactly(
                        BrandDraft.Field.NAME,
                        BrandDraft.Field.PRIMARY,
                        BrandDraft.Field.ACCENT,
                        BrandDraft.Field.RADIUS,
                        BrandDraft.Field.BACKDROP,
                        BrandDraft.Field.SUPPORT_EMAIL,
                        BrandDraft.Field.SUPPORT_PHONE,
                        BrandDraft.Field.SUPPORT_URL,
                        BrandDraft.Field.SENDER_NAME,
                        BrandDraft.Field.SENDER_ADDRESS,
                        BrandDraft.Field.REPLY_TO,
                        BrandDraft.Field.LINKS);
    }

    @Test
    void publishesAPictureWithItsBrandForItsTenantOnly() throws IOException {
        var id = uploadPicture();
        assertThat(picture(id).isPublished()).isFalse();
        var started = asSystem(EDITOR::current);
        asSystem(() -> EDITOR.publish(new BrandDraft(
                "Pictured",
                "#15694a",
                "#4d7c0f",
                "#d97706",
                "#66786b",
                Font.SERIF,
                4,
                Density.COMPACT,
                SignInBackground.NONE,
                Contact.NONE,
                List.of(),
                new BrandImages(Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty()),
                started.version())));
        assertThat(picture(id).isPublished()).isTrue();
        assertThat(Database.in(Database.AURORA, () -> BRANDS.picture(id))).isEmpty();
    }

    @Test
    void deletesUploadsThatWereNeverPublished() throws IOException {
        var id = uploadPicture();
        Database.asOwner(
                "update t_branded.brand_picture set created_at = '2026-11-20T00:00:00Z' where id = '" + id + "'");
        uploadPicture();
        assertThat(Database.in(TENANT, () -> BRANDS.picture(id))).isEmpty();
    }

    @Test
    void requiresPermission() {
        var draft = draft("Mine", "#000000", asSystem(EDITOR::current));
        assertThatThrownBy(() -> as(SAM, EDITOR::current)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> as(SAM, () -> EDITOR.publish(draft))).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> as(SAM, () -> EDITOR.restore(1))).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> as(SAM, () -> EDITOR.takeBack(2))).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> as(SAM, () -> LEGAL.takeBack(LegalTexts.Kind.TERMS, 1)))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> as(SAM, () -> LEGAL.publish(LegalTexts.Kind.TERMS, "x", 0)))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void publishesAndWithdrawsALegalText() {
        assertThat(asSystem(() -> LEGAL.publish(LegalTexts.Kind.IMPRINT, "# Imprint", 0)))
                .isEqualTo(LegalTexts.Outcome.DONE);
        assertThat(asSystem(() -> LEGAL.publish(LegalTexts.Kind.IMPRINT, "# Other", 0)))
                .isEqualTo(LegalTexts.Outcome.OUTDATED);
        assertThat(asSystem(LEGAL::kinds)).containsExactly(LegalTexts.Kind.IMPRINT);
        assertThat(asSystem(() -> LEGAL.publish(LegalTexts.Kind.IMPRINT, "", 1)))
                .isEqualTo(LegalTexts.Outcome.DONE);
        assertThat(asSystem(LEGAL::kinds)).isEmpty();
        assertThat(asSystem(() -> LEGAL.current(LegalTexts.Kind.IMPRINT))).isEmpty();
    }

    @Test
    void undoesALegalTextUnlessAnotherFollowed() {
        var kind = LegalTexts.Kind.PRIVACY;
        asSystem(() -> LEGAL.publish(kind, "# First", 0));
        asSystem(() -> LEGAL.publish(kind, "# Second", 1));
        assertThat(asSystem(() -> LEGAL.takeBack(kind, 1))).isEqualTo(LegalTexts.Outcome.OUTDATED);
        assertThat(asSystem(() -> LEGAL.takeBack(kind, 2))).isEqualTo(LegalTexts.Outcome.DONE);
        assertThat(asSystem(() -> LEGAL.current(kind)).orElseThrow().body()).isEqualTo("# First");
        asSystem(() -> LEGAL.publish(kind, "", 3));

        asSystem(() -> LEGAL.publish(LegalTexts.Kind.TERMS, "# The first of all", 0));
        asSystem(() -> LEGAL.takeBack(LegalTexts.Kind.TERMS, 1));
        assertThat(asSystem(() -> LEGAL.current(LegalTexts.Kind.TERMS))).isEmpty();
    }

    private static BrandDraft draft(String name, String primary, Brand started) {
        return draft(name, primary, new Contact("help@second.example", "", "", "", "", "", ""), started);
    }

    private static BrandDraft draftWithSender(String address, Brand started) {
        return draft("Sending", "#0b61a4", new Contact("", "", "", "", "", address, ""), started);
    }

    private static BrandDraft draft(String name, String primary, Contact contact, Brand started) {
        return new BrandDraft(
                name,
                primary,
                "#9f1239",
                "#0d9488",
                "#857068",
                Font.HUMANIST,
                14,
                Density.COMFORTABLE,
                SignInBackground.GRADIENT,
                contact,
                List.of(new FooterLink("Status", "https://status.example")),
                started.brandImages(),
                started.version());
    }

    private static UUID uploadPicture() throws IOException {
        var file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB), "png", file);
        var made = (ImageUpload.Outcome.Accepted) ImageUpload.of(ImageUpload.Kind.LOGO, file.toByteArray());
        return asSystem(() -> EDITOR.keep(made));
    }

    private static Brands.StoredImage picture(UUID id) {
        return Database.in(TENANT, () -> BRANDS.picture(id)).orElseThrow();
    }

    private static <T> T asSystem(Supplier<T> work) {
        return as(Actor.system("test"), work);
    }

    private static <T> T as(Actor actor, Supplier<T> work) {
        try (var actorScope = Actors.enter(actor)) {
            return Database.in(TENANT, work);
        }
    }
}
