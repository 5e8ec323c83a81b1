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
        <name>BasinsPage</name>
        <message numerus="yes">
            <source>and %n more minima</source>
            <translation>
                <numerusform>and %n more minimum</numerusform>
                <numerusform>and %n more minima</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0:.1%} of all starts reach a minimum within %n step(s). Click: start there.</source>
            <translation>
                <numerusform>{0:.1%} of all starts reach a minimum within %n step. Click: start there.</numerusform>
                <numerusform>{0:.1%} of all starts reach a minimum within %n steps. Click: start there.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} → {1} in %n step(s), loss {2}</source>
            <translation>
                <numerusform>{0} → {1} in %n step, loss {2}</numerusform>
                <numerusform>{0} → {1} in %n steps, loss {2}</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FairPage</name>
        <message numerus="yes">
            <source>{0} of %n racers do better with what was found.</source>
            <translation>
                <numerusform>{0} of %n racer does better with what was found.</numerusform>
                <numerusform>{0} of %n racers do better with what was found.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>GraphEditor</name>
        <message numerus="yes">
            <source>%n node(s) selected.</source>
            <translation>
                <numerusform>%n node selected.</numerusform>
                <numerusform>%n nodes selected.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n node(s), none selected.</source>
            <translation>
                <numerusform>%n node, none selected.</numerusform>
                <numerusform>%n nodes, none selected.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LessonBrowser</name>
        <message numerus="yes">
            <source>{0} of %n steps done</source>
            <translation>
                <numerusform>{0} of %n step done</numerusform>
                <numerusform>{0} of %n steps done</numerusform>
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
    <context>
        <name>RestoreDialog</name>
        <message numerus="yes">
            <source>%n node(s)</source>
            <translation>
                <numerusform>%n node</numerusform>
                <numerusform>%n nodes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n racer(s)</source>
            <translation>
                <numerusform>%n racer</numerusform>
                <numerusform>%n racers</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>StepView</name>
        <message numerus="yes">
            <source>… and %n more coordinates</source>
            <translation>
                <numerusform>… and %n more coordinate</numerusform>
                <numerusform>… and %n more coordinates</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SweepPage</name>
        <message numerus="yes">
            <source>target after %n step(s)</source>
            <translation>
                <numerusform>target after %n step</numerusform>
                <numerusform>target after %n steps</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TableDialog</name>
        <message numerus="yes">
            <source>%n row(s).</source>
            <translation>
                <numerusform>%n row.</numerusform>
                <numerusform>%n rows.</numerusform>
            </translation>
        </message>
    </context>
</TS>
