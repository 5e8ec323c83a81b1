@echo off
rem Enter gdstudio into this user's Start menu and file types, or take it out again: install.cmd [--remove].
rem The program stays in this folder; only a link and some keys of the registry are made.
setlocal EnableExtensions DisableDelayedExpansion
set "program=%~dp0gdstudio.exe"
set "link=%APPDATA%\Microsoft\Windows\Start Menu\Programs\Gradient Descent Studio.lnk"
set "classes=HKCU\Software\Classes"
set "wish=%~1"
rem From here on a name in !...! is put in after the line is understood, so that it may hold any sign.
setlocal EnableDelayedExpansion
if "!wish!"=="--remove" goto remove
if not "!wish!"=="" goto usage

reg add "%classes%\gdstudio.document" /ve /d "gdstudio document" /f >nul || exit /b 1
reg add "%classes%\gdstudio.document\DefaultIcon" /ve /d "\"!program!\",0" /f >nul || exit /b 1
reg add "%classes%\gdstudio.document\shell\open\command" /ve /d "\"!program!\" \"%%1\"" /f >nul || exit /b 1
reg add "%classes%\.gdstudio" /v "Content Type" /d "application/vnd.gdstudio+json" /f >nul || exit /b 1
reg add "%classes%\.gdstudio" /ve /d "gdstudio.document" /f >nul || exit /b 1
powershell -NoProfile -Command "$made = (New-Object -ComObject WScript.Shell).CreateShortcut($env:link); $made.TargetPath = $env:program; $made.Save()" || exit /b 1
echo gdstudio is in the Start menu now.
exit /b 0

:remove
if exist "!link!" del "!link!"
reg delete "%classes%\.gdstudio" /f >nul 2>nul
reg delete "%classes%\gdstudio.document" /f >nul 2>nul
echo gdstudio is out of the Start menu; remove its folder to remove the program.
exit /b 0

:usage
echo usage: install.cmd [--remove] 1>&2
exit /b 2
