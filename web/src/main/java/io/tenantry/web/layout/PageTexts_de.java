package io.tenantry.web.layout;

import java.io.IOException;

/** The texts of the pages in German; {@code java.util.ResourceBundle} looks for the name. */
public class PageTexts_de extends PageTexts {
    /** Loads the texts in German. */
    public PageTexts_de() throws IOException {
        super("_de");
    }
}
