package io.tenantry.brand;

import io.tenantry.brand.Picture.Outcome;
import io.tenantry.brand.Picture.Reason;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Vector drawings (SVG), written anew: only elements and attributes that draw, and values that lead nowhere outside the file.
 * What is not on the list is left out with all that is in it: scripts, foreign content, animations, links, pictures. The parser
 * knows no entities and opens nothing.
 */
final class Drawing {
    private static final int ELEMENTS_MAX = 5_000;
    private static final int DEPTH_MAX = 40;
    private static final int STORED_CHARS_MAX = 262_144;
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private static final Set<String> ELEMENTS =
            Set.of(("svg g path rect circle ellipse line polyline polygon defs linearGradient radialGradient "
                            + "stop clipPath mask title desc text tspan")
                    .split(" ", -1));

    /** Those that style attributes may set too. */
    private static final Set<String> PROPERTIES =
            Set.of(("fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap "
                            + "stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset opacity stop-color "
                            + "stop-opacity clip-path clip-rule mask color font-family font-size font-weight font-style "
                            + "letter-spacing text-anchor display visibility")
                    .split(" ", -1));

    private static final Set<String> ATTRIBUTES =
            Set.of(("id d x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height viewBox preserveAspectRatio "
                            + "points transform offset gradientUnits gradientTransform spreadMethod clipPathUnits "
                            + "maskUnits maskContentUnits")
                    .split(" ", -1));

    private static final Pattern PLAIN = Pattern.compile("[^<>&\"'\\\\;{}\\p{Cntrl}]{0,100000}");
    private static final Pattern REFERENCE = Pattern.compile("url\\(\\s*#[A-Za-z_][\\w.-]*\\s*\\)");
    private static final Pattern FUNCTION =
            Pattern.compile("(?i)(url|expression|image|javascript|data|var|attr|src)\\s*[(:]");

    private final StringBuilder out = new StringBuilder();
    private int elements;
    private int depth;
    private int width;
    private int height;

    private Drawing() {}

    static Outcome of(byte[] upload) {
        var drawing = new Drawing();
        try {
            return drawing.rewritten(upload);
        } catch (Unfit unfit) {
            return new Outcome.Refused(unfit.reason);
        } catch (XMLStreamException malformed) {
            return new Outcome.Refused(Reason.NOT_AN_IMAGE);
        }
    }

    /** The drawing cannot be taken. */
    private static final class Unfit extends RuntimeException {
        private final transient Reason reason;

        Unfit(Reason reason) {
            super(reason.name(), null, false, false);
            this.reason = reason;
        }
    }

    private Outcome rewritten(byte[] upload) throws XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        if (new String(upload, StandardCharsets.ISO_8859_1).contains("<!ENTITY")) {
            throw new Unfit(Reason.ENTITIES);
        }
        var reader = factory.createXMLStreamReader(new ByteArrayInputStream(upload));
        try {
            while (reader.hasNext()) {
                take(reader, reader.next());
            }
        } finally {
            reader.close();
        }
        if (elements == 0) {
            throw new Unfit(Reason.NOT_AN_IMAGE);
        }
        return new Outcome.Made(
                "image/svg+xml", out.toString().getBytes(StandardCharsets.UTF_8), bounded(width), bounded(height));
    }

    private void take(XMLStreamReader reader, int event) throws XMLStreamException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> begin(reader);
            case XMLStreamConstants.END_ELEMENT -> {
                depth--;
                out.append("</").append(reader.getLocalName()).append('>');
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                if (depth > 0) {
                    out.append(escaped(reader.getText()));
                }
            }
            case XMLStreamConstants.ENTITY_REFERENCE -> throw new Unfit(Reason.ENTITIES);
            default -> {
                // Comments, instructions and the document type draw nothing.
            }
        }
        if (out.length() > STORED_CHARS_MAX) {
            throw new Unfit(Reason.TOO_LARGE);
        }
    }

    private void begin(XMLStreamReader reader) throws XMLStreamException {
        var name = reader.getLocalName();
        var isOurs = NAMESPACE.equals(reader.getNamespaceURI());
        if (elements == 0 && !(isOurs && name.equals("svg"))) {
            throw new Unfit(Reason.NOT_AN_IMAGE);
        }
        if (isOurs && name.equals("style")) {
            throw new Unfit(Reason.STYLE_SHEET);
        }
        if (!isOurs || !ELEMENTS.contains(name)) {
            skip(reader);
            return;
        }
        elements++;
        depth++;
        if (elements > ELEMENTS_MAX || depth > DEPTH_MAX) {
            throw new Unfit(Reason.TOO_LARGE);
        }
        var attributes = attributes(reader);
        out.append('<').append(name);
        if (elements == 1) {
            out.append(" xmlns=\"").append(NAMESPACE).append('"');
            measure(attributes);
        }
        attributes.forEach((key, value) ->
                out.append(' ').append(key).append("=\"").append(escaped(value)).append('"'));
        out.append('>');
    }

    private static Map<String, String> attributes(XMLStreamReader reader) {
        var kept = new LinkedHashMap<String, String>();
        for (var i = 0; i < reader.getAttributeCount(); i++) {
            var name = reader.getAttributeLocalName(i);
            var space = reader.getAttributeNamespace(i);
            var value = reader.getAttributeValue(i);
            if (space != null && !space.isEmpty()) {
                continue;
            }
            if (name.equals("style")) {
                declarations(value, kept);
            } else if ((ATTRIBUTES.contains(name) || PROPERTIES.contains(name)) && isHarmless(value)) {
                kept.putIfAbsent(name, value);
            }
        }
        return kept;
    }

    /** What a style attribute declares, as attributes: it wins over them. */
    private static void declarations(String style, Map<String, String> kept) {
        for (var declaration : style.split(";", 200)) {
            var colon = declaration.indexOf(':');
            if (colon > 0) {
                var name = declaration.substring(0, colon).strip();
                var value = declaration.substring(colon + 1).strip();
                if (PROPERTIES.contains(name) && isHarmless(value)) {
                    kept.put(name, value);
                }
            }
        }
    }

    private static boolean isHarmless(String value) {
        return REFERENCE.matcher(value).matches()
                || (PLAIN.matcher(value).matches() && !FUNCTION.matcher(value).find());
    }

    private void skip(XMLStreamReader reader) throws XMLStreamException {
        for (var open = 1; open > 0; ) {
            var event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                open++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                open--;
            }
        }
    }

    /** Its proportions: of the view box, else of width and height; a drawing with neither has no size. */
    private void measure(Map<String, String> attributes) {
        var box = attributes.getOrDefault("viewBox", "").strip().split("[\\s,]+", -1);
        var isBox = box.length == 4;
        width = pixels(isBox ? box[2] : attributes.getOrDefault("width", ""));
        height = pixels(isBox ? box[3] : attributes.getOrDefault("height", ""));
        if (!isBox) {
            attributes.put("viewBox", "0 0 " + width + " " + height);
        }
        attributes.put("width", Integer.toString(width));
        attributes.put("height", Integer.toString(height));
    }

    private static int pixels(String length) {
        try {
            var number = Math.round(Float.parseFloat(length.strip().replaceFirst("px$", "")));
            if (number >= 1 && number <= 100_000) {
                return number;
            }
        } catch (NumberFormatException unreadable) {
            // Said below.
        }
        throw new Unfit(Reason.NOT_AN_IMAGE);
    }

    private static int bounded(int side) {
        return Math.min(side, 4_096);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
