package io.tenantry.web.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.PropertyResourceBundle;

/**
 * The texts of the pages in English, one file per district: {@code texts/<district>.properties}.
 *
 * <p>{@code java.util.ResourceBundle} finds another language by the suffix of a subclass, such as {@link PageTexts_de}.
 */
public class PageTexts extends PropertyResourceBundle {
    /** The districts, each with a file per language. */
    public static final List<String> DISTRICTS = List.of(
            "layout",
            "people",
            "storefront",
            "catalog",
            "ordering",
            "cloud",
            "billing",
            "dunning",
            "settlement",
            "admin");

    /** Loads the texts in English. */
    public PageTexts() throws IOException {
        this("");
    }

    /** Loads the texts of a language by the suffix of its files. */
    protected PageTexts(String language) throws IOException {
        super(reader(language));
    }

    private static Reader reader(String language) {
        var texts = new StringBuilder();
        for (var district : DISTRICTS) {
            texts.append(read("/io/tenantry/web/texts/" + district + language + ".properties"))
                    .append('\n');
        }
        return new StringReader(texts.toString());
    }

    private static String read(String resource) {
        try (InputStream in = PageTexts.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no texts in " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
