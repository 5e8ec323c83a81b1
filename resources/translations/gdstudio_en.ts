<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>AnimationDialog</name>
        <message numerus="yes">
            <source>%n frames, {0:.1f} s</source>
            <translation>
                <numerusform>%n frame, {0:.1f} s</numerusform>
                <numerusform>%n frames, {0:.1f} s</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Numbers</name>
        <message numerus="yes">
            <source>%n number(s)</source>
            <translation>
                <numerusform>%n number</numerusform>
                <numerusform>%n numbers</numerusform>
            </translation>
        </message>
    </context>
</TS>
