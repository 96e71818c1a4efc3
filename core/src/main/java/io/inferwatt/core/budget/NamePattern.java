package io.inferwatt.core.budget;

/**
 * Names that a person means: one name, or with {@code *} for any characters.
 *
 * @param text as written, not empty
 */
record NamePattern(String text) {

    boolean isAny() {
        return text.equals("*");
    }

    boolean isExact() {
        return text.indexOf('*') < 0;
    }

    boolean matches(String name) {
        if (isAny()) {
            return true;
        }
        if (isExact()) {
            return text.equals(name);
        }
        int inText = 0;
        int inName = 0;
        int star = -1;
        int resumeAt = 0;
        while (inName < name.length()) {
            if (inText < text.length() && text.charAt(inText) == '*') {
                star = inText++;
                resumeAt = inName;
            } else if (inText < text.length() && text.charAt(inText) == name.charAt(inName)) {
                inText++;
                inName++;
            } else if (star >= 0) {
                inText = star + 1; // lets the star take one character more
                inName = ++resumeAt;
            } else {
                return false;
            }
        }
        while (inText < text.length() && text.charAt(inText) == '*') {
            inText++;
        }
        return inText == text.length();
    }
}
