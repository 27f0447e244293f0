package io.tenantry.it;

import io.tenantry.bench.driver.PriceListSetup;
import io.tenantry.people.mishap.Mishap;
import io.tenantry.people.weighing.SessionScale;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Base of the tests in the server: the archive as it ships, with {@link FaultInjection} in its WAR, beside it {@code bench.war} with the
 * benchmark's driver, and {@code tests.war} with every class below {@code io.tenantry.it}, {@code io.tenantry.scenario} and
 * {@code io.tenantry.people.stage}. Methods run inside the server and may inject the archive's beans; with {@code @RunAsClient} they run
 * outside and use {@link RunningServer}.
 */
@ExtendWith(ArquillianExtension.class)
public abstract class Deployments {
    private static final String DESCRIPTOR = "META-INF/application.xml";

    /** Built once per process, as it takes a second. */
    private static @Nullable Path extended;

    /** Returns the same archive for every class. */
    @Deployment
    public static EnterpriseArchive tenantry() throws IOException {
        var archive = ShrinkWrap.create(ZipImporter.class, "tenantry.ear")
                .importFrom(extended().toFile())
                .as(EnterpriseArchive.class);
        var tests = ShrinkWrap.create(WebArchive.class, "tests.war")
                .addPackages(true, "io.tenantry.it", "io.tenantry.scenario", "io.tenantry.people.stage")
                .addClass(PriceListSetup.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsLibrary(jarOf(Assertions.class));
        archive.addAsModule(Testable.archiveToTest(tests));
        archive.addAsModule(ShrinkWrap.create(WebArchive.class, "bench.war")
                .addPackages(true, "io.tenantry.bench.driver")
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml"));
        var shipped = archive.delete(DESCRIPTOR).getAsset();
        archive.addAsManifestResource(new StringAsset(withTests(shipped)), "application.xml");
        return archive;
    }

    private static synchronized Path extended() throws IOException {
        var made = extended;
        if (made == null) {
            var folder = Files.createTempDirectory("tenantry-it");
            made = ExtendedArchive.in(
                    folder, Path.of(System.getProperty("tenantry.it.ear")), Mishap.class, SessionScale.class);
            folder.toFile().deleteOnExit();
            made.toFile().deleteOnExit();
            extended = made;
        }
        return made;
    }

    /** Returns a bean of the application; only inside the server. */
    protected static <T> T bean(Class<T> type) {
        return CDI.current().select(type).get();
    }

    private static String withTests(org.jboss.shrinkwrap.api.asset.Asset descriptor) throws IOException {
        try (var in = descriptor.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("<library-directory>", module("tests") + module("bench") + "<library-directory>");
        }
    }

    private static String module(String name) {
        return "<module><web><web-uri>" + name + ".war</web-uri><context-root>/" + name
                + "</context-root></web></module>";
    }

    private static java.io.File jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toFile();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
